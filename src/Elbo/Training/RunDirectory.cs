using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Elbo;

/// <summary>The paths of the files of a run, and writing them so that a run killed at any moment can be resumed.</summary>
internal sealed class RunDirectory
{
    public RunDirectory(string folder) => Folder = GivenPath.Full(folder);

    public string Folder { get; }

    public string ConfigurationPath => Path.Combine(Folder, "config.json");

    public string RecordPath => Path.Combine(Folder, "run.json");

    public string MetricsPath => Path.Combine(Folder, "metrics.csv");

    public string TimingsPath => Path.Combine(Folder, "timings.csv");

    public string CurvesPath => Path.Combine(Folder, "curves.png");

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

    public string SamplePath(int epoch) => Path.Combine(Folder, "samples", $"epoch-{epoch:000}.png");

    /// <summary>Creates the folder of a new run. A folder that is not empty is rejected, so no run overwrites another.</summary>
    public static RunDirectory Create(string folder)
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
    public static RunDirectory Open(string folder)
    {
        var directory = new RunDirectory(folder);
        return File.Exists(directory.ConfigurationPath)
            ? directory
            : throw new InputException($"{folder} is not a run: it has no config.json.");
    }

    /// <summary>Reads the configuration of a run whose parts are all registered.</summary>
    /// <exception cref="MissingPluginException">A part of the run is registered by a plug-in that is not loaded.</exception>
    public RunConfiguration ReadConfiguration()
    {
        var text = ReadText(ConfigurationPath);
        RunPlugins.EnsureRegistered(this, text, ConfigurationPath);
        return RunConfiguration.Read(text, ConfigurationPath);
    }

    /// <inheritdoc cref="RunPlugins.Read"/>
    public (RunConfiguration Configuration, JsonObject? UnreadCondition) ReadConfigurationWithoutPlugins() =>
        RunPlugins.Read(ReadText(ConfigurationPath), ConfigurationPath);

    public void WriteConfiguration(RunConfiguration configuration) => AtomicFile.WriteText(ConfigurationPath, Json.Write(configuration));

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

    public void WriteRecord(RunRecord record) => AtomicFile.WriteText(RecordPath, Json.Write(record));

    /// <summary>Changes the record of the run in place.</summary>
    public void UpdateRecord(Func<RunRecord, RunRecord> change) => WriteRecord(change(ReadRecord()));

    /// <summary>The epoch of the best weights, or 0 before the first. The record has it only after the training has ended.</summary>
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

    /// <summary>Counts a read of the test split, before it happens.</summary>
    public void CountTestRead() => UpdateRecord(record => record with { TestReads = record.TestReads + 1 });

    /// <summary>Truncates metrics.csv to its length at a checkpoint; a shorter file has been modified.</summary>
    public void TruncateMetrics(long length)
    {
        using var stream = new FileStream(MetricsPath, FileMode.OpenOrCreate, FileAccess.Write);
        if (stream.Length < length)
            throw new InputException($"{MetricsPath} is shorter than when the checkpoint was written: the run cannot resume from it.");
        stream.SetLength(length);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Appends to metrics.csv and returns its new length, after the bytes are on the disk.</summary>
    public long AppendMetrics(string lines)
    {
        using var stream = new FileStream(MetricsPath, FileMode.Append, FileAccess.Write);
        stream.Write(Encoding.UTF8.GetBytes(lines));
        stream.Flush(flushToDisk: true);
        return stream.Length;
    }

    public void AppendTimings(int epoch, double seconds, double examplesPerSecond, IReadOnlyDictionary<string, double> secondsByPart)
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
