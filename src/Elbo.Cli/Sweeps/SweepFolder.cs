using System.Diagnostics;

namespace Elbo.Cli;

/// <summary>The folder of a sweep, which holds its runs and its results and nothing else.</summary>
internal sealed class SweepFolder
{
    private const string LockName = "training.lock";
    private const string What = "a sweep";

    // The worker that makes the folder holds its lock alone for an instant.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly SweepPlan _plan;
    private readonly RecordedSweep _record;

    /// <summary>Accepts a folder that is new, empty, or belongs to the same sweep. Nothing is written yet.</summary>
    /// <exception cref="SettingsException">The folder holds something else, or a run that is not part of the plan.</exception>
    /// <exception cref="EnvironmentException">The folder cannot be read.</exception>
    public SweepFolder(string path, SweepPlan plan)
    {
        (Path, _plan) = (GivenPath.Full(path), plan);
        _record = new RecordedSweep(Path, plan);
        try
        {
            var holdsAnything = Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).Any();
            if (File.Exists(Path) || (holdsAnything && !_record.Exists))
                throw new SettingsException($"{path} already holds something that is not a sweep: choose a new folder with --out.");
            if (_record.Exists)
                _record.RequireSame(path);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new EnvironmentException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    public string Path { get; }

    public string TablePath => At("sweep.csv");

    public string PlotPath => At("rate-distortion.png");

    public string SamplesPath => At("samples.png");

    public string PagePath => At("sweep.html");

    /// <summary>What identifies the sweep and all of its runs: the text of its record.</summary>
    public string PlannedText => _record.PlannedText;

    /// <summary>Whether the folder is still that of the plan: a later command may have extended the sweep.</summary>
    public bool IsPlanned => _record.IsPlanned;

    /// <summary>What the workers of the sweep have claimed.</summary>
    public SweepClaims Claims => new(At("claims"));

    public RunDirectory RunOf(SweepPlan.PlannedRun run) => new(At(run.Name));

    /// <summary>
    /// Creates the folder with its record, and locks it for one process at a time until the returned lock is disposed.
    /// </summary>
    /// <exception cref="SettingsException">Others train its runs, or workers have runs that are not finished.</exception>
    public IDisposable Begin()
    {
        if (!_record.Exists)
            return Create();
        return Holding(new RunDirectory(Path).Lock(), () =>
        {
            RequireNoClaims();
            AtomicFile.RemoveLeftovers(Path);
            _record.WriteTo(Path);
        });
    }

    /// <summary>
    /// Creates the folder with its record unless another worker has, and keeps a sweep without workers out of it until the returned lock is
    /// disposed.
    /// </summary>
    /// <exception cref="SettingsException">A sweep without workers trains its runs, or it is another sweep.</exception>
    public IDisposable Join()
    {
        for (var started = Stopwatch.StartNew(); ; Thread.Sleep(Pause))
        {
            try
            {
                if (!_record.Exists)
                    Create().Dispose();
            }
            catch (FolderTakenException) when (_record.Exists || started.Elapsed < Patience)
            {
                // Another worker is making it.
                continue;
            }

            _record.RequireSame(Path);
            _record.RequireEveryRun();
            if (TryShare(mayWait: started.Elapsed < Patience) is { } shared)
            {
                return Holding(shared, () =>
                {
                    if (!_record.IsPlanned)
                        _record.WriteTo(Path);
                });
            }
        }
    }

    private IDisposable Create()
    {
        using var staged = StagedFolder.Create(Path, What);
        return Holding(new RunDirectory(staged.Path).Lock(), () =>
        {
            _record.WriteTo(staged.Path);
            staged.Publish(RecordedSweep.Name, What);
        });
    }

    private static IDisposable Holding(IDisposable sweepLock, Action begin)
    {
        try
        {
            begin();
            return sweepLock;
        }
        catch
        {
            sweepLock.Dispose();
            throw;
        }
    }

    // The lock of a process alone excludes this one; workers do not exclude each other.
    private FileStream? TryShare(bool mayWait)
    {
        var path = At(LockName);
        try
        {
            var mode = File.Exists(path) ? FileMode.Open : FileMode.OpenOrCreate;
            return new FileStream(path, mode, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new EnvironmentException($"{path} cannot be read: {exception.Message}", exception);
        }
        catch (IOException exception)
        {
            return mayWait ? null : throw new SettingsException(
                $"The sweep {Path} is being trained by a process without --worker: wait for its end, or stop it first.", exception);
        }
    }

    private void RequireNoClaims()
    {
        var numbers = Claims.LatestNumbers();
        if (_plan.Runs.FirstOrDefault(run => !Directory.Exists(At(run.Name)) && numbers.ContainsKey(run.Name)) is { } claimed)
        {
            throw new SettingsException(
                $"The run {claimed.Name} of {Path} was begun by a worker and is not finished: continue the sweep with --worker.");
        }
    }

    private string At(string name) => System.IO.Path.Combine(Path, name);
}
