using System.Text.Json;

namespace Elbo.Cli;

/// <summary>The folder of a sweep, which holds its runs and its results and nothing else.</summary>
internal sealed class SweepFolder
{
    private const string RecordName = "sweep.json";
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

    private string RecordPath => At(RecordName);

    public RunDirectory RunOf(SweepPlan.PlannedRun run) => new(At(run.Name));

    /// <summary>Creates the folder with its record, and locks it for one sweep at a time until the returned lock is disposed.</summary>
    public IDisposable Begin()
    {
        if (File.Exists(RecordPath))
        {
            var continued = new RunDirectory(Path).Lock();
            AtomicFile.RemoveLeftovers(Path);
            return WriteRecord(Path, continued);
        }

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
            AtomicFile.WriteText(System.IO.Path.Combine(folder, RecordName), JsonOutput.ToText(SweepRecord.Of(_plan)));
            return sweepLock;
        }
        catch
        {
            sweepLock.Dispose();
            throw;
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
        if (record.Schema != SweepRecord.CurrentSchema)
        {
            throw new SettingsException(
                $"{RecordPath} has schema {record.Schema}, but this version of Elbo reads schema {SweepRecord.CurrentSchema}: choose "
                + "a new folder with --out.");
        }

        if (record.Setting != _plan.Setting)
        {
            throw new SettingsException(
                $"{path} is a sweep over {record.Setting}, not over {_plan.Setting}: choose a new folder with --out.");
        }

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
