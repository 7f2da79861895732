using System.Text.Json;

namespace Elbo.Cli;

/// <summary>The folder of a sweep, which holds its runs and its results and nothing else.</summary>
internal sealed class SweepFolder
{
    private const string RecordName = "sweep.json";
    private const string LockName = "training.lock";
    private const string What = "a sweep";

    private readonly SweepPlan _plan;

    /// <summary>Accepts a folder that is new, empty, or belongs to the same sweep. Nothing is written yet.</summary>
    /// <exception cref="SettingsException">The folder holds something else, or a run that is not part of the plan.</exception>
    public SweepFolder(string path, SweepPlan plan)
    {
        (Path, _plan) = (GivenPath.Full(path), plan);
        if (File.Exists(Path) || (Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).Any() && !File.Exists(RecordPath)))
            throw new SettingsException($"{path} already holds something that is not a sweep: choose a new folder with --out.");
        if (File.Exists(RecordPath))
            RequireSameSweep(path);
    }

    public string Path { get; }

    public string TablePath => At("sweep.csv");

    public string PlotPath => At("rate-distortion.png");

    public string SamplesPath => At("samples.png");

    public string PagePath => At("sweep.html");

    /// <summary>What the workers of the sweep have claimed.</summary>
    public SweepClaims Claims => new(At("claims"));

    private string RecordPath => At(RecordName);

    public RunDirectory RunOf(SweepPlan.PlannedRun run) => new(At(run.Name));

    /// <summary>
    /// Creates the folder with its record, and locks it for one process at a time until the returned lock is disposed.
    /// </summary>
    /// <exception cref="SettingsException">Another process trains its runs, or workers have runs that are not finished.</exception>
    public IDisposable Begin()
    {
        if (File.Exists(RecordPath))
        {
            var continued = new RunDirectory(Path).Lock();
            RequireNoClaims(continued);
            AtomicFile.RemoveLeftovers(Path);
            return WriteRecord(Path, continued);
        }

        return Create();
    }

    /// <summary>
    /// Creates the folder with its record unless another worker has, and keeps a sweep without workers out of it until the returned lock is
    /// disposed.
    /// </summary>
    /// <exception cref="SettingsException">A sweep without workers trains its runs.</exception>
    public IDisposable Join()
    {
        try
        {
            if (!File.Exists(RecordPath))
                Create().Dispose();
        }
        catch (FolderTakenException) when (File.Exists(RecordPath))
        {
            // Another worker was first.
        }

        RequireSameSweep(Path);
        RequireEveryRun();
        var joined = Share();
        return IsRecorded() ? joined : WriteRecord(Path, joined);
    }

    /// <summary>Whether the record is that of the plan; it is not after a later command has extended the sweep.</summary>
    public bool IsRecorded() => RunFile.ReadText(RecordPath) == RecordText;

    /// <summary>The plan as the record has it.</summary>
    public string RecordText => JsonOutput.ToText(SweepRecord.Of(_plan));

    private IDisposable Create()
    {
        using var staged = StagedFolder.Create(Path, What);
        var begun = WriteRecord(staged.Path, new RunDirectory(staged.Path).Lock());
        try
        {
            staged.Publish(RecordName, What);
            return begun;
        }
        catch
        {
            begun.Dispose();
            throw;
        }
    }

    private IDisposable WriteRecord(string folder, IDisposable sweepLock)
    {
        try
        {
            AtomicFile.WriteText(System.IO.Path.Combine(folder, RecordName), RecordText);
            return sweepLock;
        }
        catch
        {
            sweepLock.Dispose();
            throw;
        }
    }

    // The lock of a process alone excludes this one; workers do not exclude each other.
    private FileStream Share()
    {
        try
        {
            return new FileStream(At(LockName), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new EnvironmentException($"{At(LockName)} cannot be read: {exception.Message}", exception);
        }
        catch (IOException exception)
        {
            throw new SettingsException(
                $"The sweep {Path} is being trained by a process without --worker: wait for its end, or stop it first.", exception);
        }
    }

    private void RequireNoClaims(IDisposable sweepLock)
    {
        var numbers = Claims.LatestNumbers();
        if (_plan.Runs.FirstOrDefault(run => !Directory.Exists(At(run.Name)) && numbers.ContainsKey(run.Name)) is not { } claimed)
            return;
        sweepLock.Dispose();
        throw new SettingsException(
            $"The run {claimed.Name} of {Path} was begun by a worker and is not finished: continue the sweep with --worker.");
    }

    // Workers with other runs would train beside each other, and each write its own page.
    private void RequireEveryRun()
    {
        var names = _plan.Runs.Select(run => run.Name).ToHashSet();
        var record = ReadRecord();
        var recorded = record.Values?.Select(value => value.Run) ?? record.Runs?.Select(run => run.Run) ?? [];
        if (recorded.FirstOrDefault(name => !names.Contains(name)) is { } other)
        {
            throw new SettingsException(
                $"{Path} is a sweep that also has the run {other}: start every worker with the same command, or choose a new folder with --out.");
        }
    }

    private string At(string name) => System.IO.Path.Combine(Path, name);

    private SweepRecord ReadRecord()
    {
        try
        {
            return JsonOutput.Read<SweepRecord>(RunFile.ReadText(RecordPath));
        }
        catch (JsonException exception)
        {
            throw new SettingsException(
                $"{RecordPath} cannot be read: it is no record of a sweep of this version of Elbo. Choose a new folder with --out.",
                exception);
        }
    }

    private void RequireSameSweep(string path)
    {
        var record = ReadRecord();
        if (record.Schema is not (SweepRecord.SchemaOfOne or SweepRecord.SchemaOfSeveral))
        {
            throw new SettingsException(
                $"{RecordPath} has schema {record.Schema}, but this version of Elbo reads schema {SweepRecord.SchemaOfSeveral} and earlier "
                + "ones: choose a new folder with --out.");
        }

        var planned = SweepRecord.Of(_plan).Phrase;
        if (record.Phrase != planned)
            throw new SettingsException($"{path} is a sweep over {record.Phrase}, not over {planned}: choose a new folder with --out.");

        if (_plan.Runs.Select(run => At(run.Name)).FirstOrDefault(run => new DirectoryInfo(run).LinkTarget is not null) is { } linked)
        {
            throw new SettingsException(
                $"{linked} is a symbolic link, and a sweep writes into its own folder only: put the run itself there.");
        }

        var foreign = Directory.EnumerateDirectories(Path).Order(StringComparer.Ordinal).FirstOrDefault(folder =>
            File.Exists(System.IO.Path.Combine(folder, "config.json"))
            && !StagedFolder.IsTemporary(folder)
            && _plan.Runs.All(run => run.Name != System.IO.Path.GetFileName(folder)));
        if (foreign is not null)
        {
            throw new SettingsException(
                $"{foreign} is a run of none of the values given: include the earlier values of the sweep, or choose a new folder with "
                + "--out.");
        }
    }
}
