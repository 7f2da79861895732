using System.Globalization;
using System.Text;

namespace Elbo;

/// <summary>
/// The folder of a run and its files, which are read here without loading the model. Everything is written so that a run killed at any
/// moment can be resumed. The methods may be called from any thread, also while the run is being trained.
/// </summary>
public sealed class RunDirectory
{
    /// <summary>What the folder of a run holds, in a message.</summary>
    internal const string What = "a run";

    /// <summary>The most bytes of metrics.csv that are read.</summary>
    internal const long MaxMetricsLength = 1L << 28;

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

    /// <summary>calibration.json, with the threshold for anomalies; there is none before the run was calibrated.</summary>
    public string CalibrationPath => Path.Combine(Folder, "calibration.json");

    /// <summary>metrics.csv, with the terms of each split of each epoch.</summary>
    public string MetricsPath => Path.Combine(Folder, "metrics.csv");

    /// <summary>standard-errors.csv, with the standard error of the -ELBO of each row of metrics.csv.</summary>
    public string StandardErrorsPath => Path.Combine(Folder, "standard-errors.csv");

    /// <summary>timings.csv, with the seconds of each epoch.</summary>
    public string TimingsPath => Path.Combine(Folder, "timings.csv");

    /// <summary>curves.png, the terms by epoch.</summary>
    public string CurvesPath => Path.Combine(Folder, "curves.png");

    /// <summary>The file of a checkpoint, in the safetensors format; it need not exist.</summary>
    /// <param name="kind">Which.</param>
    /// <returns>The full path.</returns>
    public string CheckpointPath(CheckpointKind kind) =>
        Path.Combine(Folder, RunFile.CheckpointFolder, kind.ToString().ToLowerInvariant() + ".safetensors");

    /// <summary>The checkpoint with the best weights: the last one if no epoch has been completed.</summary>
    public string BestWeightsPath
    {
        get
        {
            var best = CheckpointPath(CheckpointKind.Best);
            return File.Exists(best) ? best : ResumptionPath(CheckpointKind.Last);
        }
    }

    /// <summary>Whether the run has a checkpoint from which its training can go on.</summary>
    public bool HasCheckpoint => File.Exists(ResumptionPath(CheckpointKind.Last));

    /// <summary>
    /// The checkpoint to resume from. A process killed between two renames leaves the previous one alone, which gives the same result.
    /// </summary>
    internal string ResumptionPath(CheckpointKind kind)
    {
        var path = CheckpointPath(kind);
        return kind != CheckpointKind.Last || File.Exists(path) || !File.Exists(PreviousCheckpointOf(path))
            ? path
            : PreviousCheckpointOf(path);
    }

    internal static string PreviousCheckpointOf(string last) =>
        Path.Combine(Path.GetDirectoryName(last)!, CheckpointKind.Previous.ToString().ToLowerInvariant() + Path.GetExtension(last));

    /// <summary>The page of pictures drawn after an epoch; it need not exist.</summary>
    /// <param name="epoch">The epoch, counted from 1.</param>
    /// <returns>The full path.</returns>
    public string SamplePath(int epoch) => Path.Combine(Folder, RunFile.SampleFolder, $"epoch-{epoch:000}.png");

    /// <summary>
    /// The file with a computation graph of the model, in ONNX, whose weights are those of the best checkpoint; it need not exist.
    /// </summary>
    /// <param name="graph">The graph, such as <c>decoder</c>.</param>
    /// <returns>The full path.</returns>
    public string GraphPath(string graph) => Path.Combine(Folder, RunFile.GraphFolder, graph + ".onnx");

    /// <summary>Creates the folders within an empty folder that becomes a run.</summary>
    internal static RunDirectory CreateFolders(string folder)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, RunFile.CheckpointFolder));
            Directory.CreateDirectory(Path.Combine(folder, RunFile.SampleFolder));
            Directory.CreateDirectory(Path.Combine(folder, RunFile.GraphFolder));
            return new RunDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"The folder {folder} cannot be created: {exception.Message}", exception);
        }
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
        var text = RunFile.ReadText(ConfigurationPath);
        RunPlugins.EnsureRegistered(this, text, ConfigurationPath, given);
        return RunConfiguration.Read(text, ConfigurationPath);
    }

    /// <summary>Reads the configuration of a run some of whose parts may not be registered.</summary>
    /// <returns>The configuration, and which parts are missing.</returns>
    /// <exception cref="InputException">The file cannot be read.</exception>
    /// <exception cref="SettingsException">It is no configuration.</exception>
    public RunListing ReadListing() => RunPlugins.List(RunFile.ReadText(ConfigurationPath), ConfigurationPath);

    /// <summary>
    /// A sentence that says with which plug-ins the run was trained, if they differ from those that are loaded now; else null.
    /// </summary>
    public string? PluginDifference => RunPlugins.Difference(this);

    /// <summary>
    /// The history of the training so far: a row for each split of each epoch; empty before the first. Standard errors are left out where
    /// their file cannot be read.
    /// </summary>
    /// <returns>The rows, in the order of the epochs.</returns>
    /// <exception cref="InputException">
    /// The file cannot be read, is not such a table, or is no longer what the training wrote.
    /// </exception>
    public IReadOnlyList<MetricsRow> ReadMetrics() => ReadMetrics(out _);

    /// <summary>The same, with a sentence on why standard errors were left out; null where they were not.</summary>
    internal IReadOnlyList<MetricsRow> ReadMetrics(out string? problem)
    {
        problem = null;
        var rows = ReadMetricsAlone();
        try
        {
            var errors = StandardErrorTable.Read(StandardErrorsPath).ToDictionary(row => row.Key, row => row.StandardError);
            return errors.Count == 0
                ? rows
                : [.. rows.Select(row => row with { StandardError = errors.GetValueOrDefault((row.Step, row.Epoch, row.Split)) })];
        }
        catch (InputException exception)
        {
            problem = exception.Message;
            return rows;
        }
    }

    private IReadOnlyList<MetricsRow> ReadMetricsAlone()
    {
        while (true)
        {
            var recorded = MetricsHash();
            var content = MetricsContent.Read(MetricsPath);
            if (recorded is null || content.Sha256 == recorded)
                return MetricsRow.Parse(content.Text, MetricsPath);
            // A training may have gone on, and have ended, between the two.
            if (MetricsHash() == recorded)
            {
                throw new InputException(
                    $"{MetricsPath} is damaged: its content is not what the training wrote, by the hash in {RecordPath}. Restore it from a "
                    + "copy; the weights of the run are not affected.");
            }
        }
    }

    private string? MetricsHash() => File.Exists(RecordPath) && ReadRecord() is { State: not RunState.Running } record
        ? record.MetricsSha256
        : null;

    internal void WriteConfiguration(RunConfiguration configuration) => configuration.Save(ConfigurationPath);

    /// <summary>Reads the record.</summary>
    /// <returns>The record.</returns>
    /// <exception cref="InputException">The file cannot be read, is no record, or does not match its checksum.</exception>
    public RunRecord ReadRecord() => RecordFile.Read<RunRecord>(RecordPath, (record, path) => record.Validate(path));

    internal void WriteRecord(RunRecord record) => RecordFile.Write(RecordPath, record);

    /// <summary>Reads the threshold for anomalies and what it is for.</summary>
    /// <returns>The record; null if the run was never calibrated.</returns>
    /// <exception cref="InputException">The file cannot be read, is no such record, or does not match its checksum.</exception>
    public CalibrationRecord? ReadCalibration() => Path.Exists(CalibrationPath) || RegularFile.IsLink(CalibrationPath)
        ? RecordFile.Read<CalibrationRecord>(CalibrationPath, (record, path) => record.Validate(path))
        : null;

    /// <summary>Writes the threshold for anomalies, in place of an earlier one.</summary>
    /// <param name="record">The record.</param>
    /// <exception cref="EnvironmentException">The file cannot be written.</exception>
    public void WriteCalibration(CalibrationRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        RunFile.EnsureWritable(CalibrationPath);
        RecordFile.Write(CalibrationPath, record);
    }

    /// <summary>Changes the record of the run in place, one process and thread at a time.</summary>
    internal void UpdateRecord(Func<RunRecord, RunRecord> change)
    {
        using var alone = FileLock.Wait(Path.Combine(Folder, "record.lock"));
        WriteRecord(change(ReadRecord()));
    }

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

    /// <summary>
    /// Cuts metrics.csv back to what it was at a checkpoint, after a comparison with the hash that the checkpoint has of it. The file is
    /// written anew, so that nothing that shares its content with it is changed.
    /// </summary>
    internal MetricsContent RestoreMetrics(long length, string? sha256)
    {
        var content = MetricsContent.Read(MetricsPath);
        if (content.Length < length)
        {
            throw new InputException(
                $"{MetricsPath} is shorter than when the checkpoint was written: restore it from a copy, or train a new run that starts "
                + "from the weights of this one.");
        }

        content = content.First(length);
        if (sha256 is not null && content.Sha256 != sha256)
        {
            throw new InputException(
                $"{MetricsPath} is damaged: its first {length} bytes are not those that the checkpoint was written with. Restore it from a "
                + "copy, or train a new run that starts from the weights of this one.");
        }

        RunFile.EnsureWritable(MetricsPath);
        AtomicFile.WriteBytes(MetricsPath, content.Bytes);
        return content;
    }

    /// <summary>Appends to metrics.csv and returns when the bytes are on the disk.</summary>
    internal void AppendMetrics(ReadOnlySpan<byte> lines)
    {
        using var stream = RunFile.OpenAppend(MetricsPath);
        RunFile.Append(stream, lines);
    }

    /// <summary>Appends to standard-errors.csv and returns when the bytes are on the disk.</summary>
    internal void AppendStandardErrors(string lines)
    {
        using var stream = RunFile.OpenAppend(StandardErrorsPath);
        RunFile.Append(stream, Encoding.UTF8.GetBytes(lines));
    }

    /// <summary>Leaves in standard-errors.csv the rows that metrics.csv has; the file of an earlier version's run begins here.</summary>
    internal void RestoreStandardErrors(IReadOnlyList<StandardErrorRow> errors, IReadOnlyList<MetricsRow> metrics)
    {
        var keys = metrics.Select(row => (row.Step, row.Epoch, row.Split)).ToHashSet();
        RunFile.EnsureWritable(StandardErrorsPath);
        AtomicFile.WriteText(StandardErrorsPath, StandardErrorTable.Write(errors.Where(row => keys.Contains(row.Key))));
    }

    internal void AppendTimings(int epoch, double seconds, double examplesPerSecond, IReadOnlyDictionary<string, double> secondsByPart)
    {
        var isNew = !File.Exists(TimingsPath);
        using var writer = new StreamWriter(RunFile.OpenAppend(TimingsPath)) { NewLine = "\n" };
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

    /// <summary>Loads the data that the run was trained on, with the numbers that its labels had in the training.</summary>
    /// <returns>The dataset.</returns>
    /// <exception cref="InputException">The data is missing, or is no longer that of the training, by its hashes.</exception>
    /// <exception cref="SettingsException">The run was trained on data that a program passed to the library.</exception>
    public Dataset LoadData() => RunDataset.Load(this);

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
        foreach (var folder in RunFile.Folders.Select(name => Path.Combine(Folder, name)).Prepend(Folder))
        {
            if (folder == Folder || !RegularFile.IsLink(folder))
                AtomicFile.RemoveLeftovers(folder);
        }
    }
}
