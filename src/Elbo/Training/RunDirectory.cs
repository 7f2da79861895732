using System.Globalization;
using System.Text;

namespace Elbo;

/// <summary>
/// The folder of a run and its files, which are read here without loading the model. Everything is written so that a run killed at any
/// moment can be resumed. The methods may be called from any thread, also while the run is being trained.
/// </summary>
public sealed class RunDirectory
{
    /// <summary>Names a folder, which need not exist.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="SettingsException">The name is empty or has an invalid character.</exception>
    public RunDirectory(string folder) => Folder = GivenPath.Full(folder);

    /// <summary>The full path of the folder.</summary>
    public string Folder { get; }

    /// <summary>config.json, with every setting.</summary>
    public string ConfigurationPath => Path.Combine(Folder, "config.json");

    /// <summary>run.json, with how the run stands and how it was made.</summary>
    public string RecordPath => Path.Combine(Folder, "run.json");

    /// <summary>metrics.csv, with the terms of each split of each epoch.</summary>
    public string MetricsPath => Path.Combine(Folder, "metrics.csv");

    /// <summary>timings.csv, with the seconds of each epoch.</summary>
    public string TimingsPath => Path.Combine(Folder, "timings.csv");

    /// <summary>curves.png, the terms by epoch.</summary>
    public string CurvesPath => Path.Combine(Folder, "curves.png");

    /// <summary>The file of a checkpoint, in the safetensors format; it need not exist.</summary>
    /// <param name="kind">Which.</param>
    /// <returns>The full path.</returns>
    public string CheckpointPath(CheckpointKind kind) =>
        Path.Combine(Folder, "checkpoints", kind.ToString().ToLowerInvariant() + ".safetensors");

    /// <summary>The checkpoint with the best weights: the last one if no epoch has been completed.</summary>
    public string BestWeightsPath
    {
        get
        {
            var best = CheckpointPath(CheckpointKind.Best);
            return File.Exists(best) ? best : CheckpointPath(CheckpointKind.Last);
        }
    }

    /// <summary>The page of pictures drawn after an epoch; it need not exist.</summary>
    /// <param name="epoch">The epoch, counted from 1.</param>
    /// <returns>The full path.</returns>
    public string SamplePath(int epoch) => Path.Combine(Folder, "samples", $"epoch-{epoch:000}.png");

    /// <summary>Creates the folder of a new run. A folder that is not empty is rejected, so no run overwrites another.</summary>
    internal static RunDirectory Create(string folder)
    {
        var directory = new RunDirectory(folder);
        if (File.Exists(directory.Folder)
            || (Directory.Exists(directory.Folder) && Directory.EnumerateFileSystemEntries(directory.Folder).Any()))
            throw new SettingsException($"{folder} is not empty, and a run never overwrites another: choose a new folder.");
        try
        {
            Directory.CreateDirectory(Path.Combine(directory.Folder, "checkpoints"));
            Directory.CreateDirectory(Path.Combine(directory.Folder, "samples"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"The folder {folder} cannot be created: {exception.Message}", exception);
        }

        return directory;
    }

    /// <summary>Opens the folder of a run that exists.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The run's directory.</returns>
    /// <exception cref="InputException">The folder has no config.json.</exception>
    public static RunDirectory Open(string folder)
    {
        var directory = new RunDirectory(folder);
        return File.Exists(directory.ConfigurationPath)
            ? directory
            : throw new InputException($"{folder} is not a run: it has no config.json.");
    }

    /// <summary>Reads the configuration of a run whose parts are all registered.</summary>
    /// <returns>The configuration.</returns>
    /// <exception cref="InputException">The file cannot be read.</exception>
    /// <exception cref="SettingsException">It is no configuration.</exception>
    /// <exception cref="MissingPluginException">A part of the run is registered by a plug-in that is not loaded.</exception>
    public RunConfiguration ReadConfiguration() => ReadConfiguration(given: null);

    /// <summary>The same for a model that is given, so that its type need not be registered.</summary>
    internal RunConfiguration ReadConfiguration(GenerativeModel? given)
    {
        var text = ReadText(ConfigurationPath);
        RunPlugins.EnsureRegistered(this, text, ConfigurationPath, given);
        return RunConfiguration.Read(text, ConfigurationPath);
    }

    /// <summary>Reads the configuration of a run some of whose parts may not be registered.</summary>
    /// <returns>The configuration, and which parts are missing.</returns>
    /// <exception cref="InputException">The file cannot be read.</exception>
    /// <exception cref="SettingsException">It is no configuration.</exception>
    public RunListing ReadListing() => RunPlugins.List(ReadText(ConfigurationPath), ConfigurationPath);

    /// <summary>
    /// A sentence that says with which plug-ins the run was trained, if they differ from those that are loaded now; else null.
    /// </summary>
    public string? PluginDifference => RunPlugins.Difference(this);

    /// <summary>The history of the training so far: a row for each split of each epoch; empty before the first.</summary>
    /// <returns>The rows, in the order of the epochs.</returns>
    /// <exception cref="InputException">The file cannot be read, or is not such a table.</exception>
    public IReadOnlyList<MetricsRow> ReadMetrics() => MetricsRow.Read(MetricsPath);

    internal void WriteConfiguration(RunConfiguration configuration) => configuration.Save(ConfigurationPath);

    /// <summary>Reads the record.</summary>
    /// <returns>The record.</returns>
    /// <exception cref="InputException">The file cannot be read, or is no record.</exception>
    public RunRecord ReadRecord()
    {
        try
        {
            return Json.Read<RunRecord>(ReadText(RecordPath), RecordPath);
        }
        catch (SettingsException exception)
        {
            throw new InputException(exception.Message, exception);
        }
    }

    internal void WriteRecord(RunRecord record) => AtomicFile.WriteText(RecordPath, Json.Write(record));

    /// <summary>Changes the record of the run in place.</summary>
    internal void UpdateRecord(Func<RunRecord, RunRecord> change) => WriteRecord(change(ReadRecord()));

    /// <summary>The epoch of the best weights, or 0 before the first. The record has it only after the training has ended.</summary>
    /// <returns>The epoch, counted from 1.</returns>
    /// <exception cref="InputException">Neither checkpoint nor record can be read.</exception>
    public int ReadBestEpoch()
    {
        try
        {
            return Checkpoint.ReadBestEpoch(BestWeightsPath);
        }
        catch (InputException)
        {
            return ReadRecord().BestEpoch;
        }
    }

    /// <summary>Counts a read of the test split in the record: call it before the read.</summary>
    /// <exception cref="InputException">The record cannot be read.</exception>
    /// <exception cref="EnvironmentException">The record cannot be written.</exception>
    public void CountTestRead() => UpdateRecord(record => record with { TestReads = record.TestReads + 1 });

    /// <summary>Truncates metrics.csv to its length at a checkpoint; a shorter file has been modified.</summary>
    internal void TruncateMetrics(long length)
    {
        using var stream = new FileStream(MetricsPath, FileMode.OpenOrCreate, FileAccess.Write);
        if (stream.Length < length)
            throw new InputException($"{MetricsPath} is shorter than when the checkpoint was written: the run cannot resume from it.");
        stream.SetLength(length);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Appends to metrics.csv and returns its new length, after the bytes are on the disk.</summary>
    internal long AppendMetrics(string lines)
    {
        using var stream = new FileStream(MetricsPath, FileMode.Append, FileAccess.Write);
        stream.Write(Encoding.UTF8.GetBytes(lines));
        stream.Flush(flushToDisk: true);
        return stream.Length;
    }

    internal void AppendTimings(int epoch, double seconds, double examplesPerSecond, IReadOnlyDictionary<string, double> secondsByPart)
    {
        var isNew = !File.Exists(TimingsPath);
        using var writer = new StreamWriter(TimingsPath, append: true) { NewLine = "\n" };
        string[] columns = ["epoch", "seconds", "examples_per_second", "resident_mebibytes"];
        if (isNew)
            writer.WriteLine(string.Join(',', columns.Concat(secondsByPart.Keys.Select(part => part + "_seconds"))));
        var resident = Environment.WorkingSet / (1024.0 * 1024);
        var figures = new[] { seconds, examplesPerSecond, resident }.Concat(secondsByPart.Values)
            .Select(figure => figure.ToString("0.####", CultureInfo.InvariantCulture));
        writer.WriteLine($"{epoch}," + string.Join(',', figures));
    }

    /// <summary>Puts the best weights into a model that was built like that of the run.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="InputException">The folder is no run, its checkpoint is corrupt, or it is of another model.</exception>
    /// <exception cref="InvalidOperationException">The model is being trained.</exception>
    public void LoadWeights(GenerativeModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var alone = model.BeginTraining();
        using var change = model.BeginChange();
        InitialWeights.Load(Folder, model);
    }

    /// <summary>The SHA-256 of the file with the best weights, in hexadecimal digits; null if it does not exist.</summary>
    /// <returns>The hash.</returns>
    public string? HashWeights() => InitialWeights.Hash(Folder);

    /// <summary>Locks the folder for one training at a time, also across processes, until the returned lock is disposed.</summary>
    /// <returns>The lock, which the system releases however the process ends.</returns>
    /// <exception cref="SettingsException">Another training holds the lock.</exception>
    /// <exception cref="EnvironmentException">The folder is not writable.</exception>
    public IDisposable Lock() => TrainingLock.Take(this);

    /// <summary>Removes temporary files of interrupted writes.</summary>
    public void RemoveTemporaryFiles()
    {
        foreach (var folder in new[] { Folder, Path.Combine(Folder, "checkpoints"), Path.Combine(Folder, "samples") })
            AtomicFile.RemoveLeftovers(folder);
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
