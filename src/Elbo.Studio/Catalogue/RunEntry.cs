namespace Elbo.Studio;

/// <summary>An entry of the list of runs. The files of its run are read when it is first shown.</summary>
/// <param name="id">The id by which pages refer to the run; it does not reveal the path.</param>
/// <param name="folder">The full path; pages only get <see cref="Argument"/>.</param>
/// <param name="read">Reads the files of the run, given its folder and its name.</param>
internal sealed class RunEntry(string id, string folder, Func<string, string, RunReading> read)
{
    /// <summary>The largest total number of epochs for resuming.</summary>
    public const int MaxEpochs = 100_000;

    private readonly Lazy<RunReading> _reading = new(() => read(folder, NameOf(folder)));

    /// <summary>The id by which pages refer to the run.</summary>
    public string Id { get; } = id;

    /// <summary>The full path.</summary>
    public string Folder { get; } = folder;

    /// <summary>The name of the folder.</summary>
    public string Name { get; } = NameOf(folder);

    /// <summary>The content of its files; null if they cannot be read.</summary>
    public RunOverview? Overview => _reading.Value.Overview;

    /// <summary>Why they cannot be read, in one sentence.</summary>
    public string? Problem => _reading.Value.Problem;

    /// <summary>Whether the files have changed since they were read.</summary>
    public bool IsOutdated => _reading.IsValueCreated && _reading.Value.Signature != RunReading.SignatureOf(Folder);

    /// <summary>The run as a command-line argument, relative to the folder in which the studio was started.</summary>
    public string Argument => ShellWord.Quote(PathArgument.Of(Folder));

    /// <summary>The id of the process that is training it, or null.</summary>
    public int? ProcessId => Overview is { } overview ? RunProcess.Find(overview.Directory, overview.Record) : null;

    /// <summary>Whether it can be resumed: no process is training it, its plug-ins are loaded, and it has a checkpoint.</summary>
    public bool IsResumable =>
        Overview is { MissingParts.Count: 0 } && ProcessId is null && Overview.Directory.HasCheckpoint;

    /// <summary>The suggested total number of epochs for resuming: the configured number, or twice that for a finished run.</summary>
    public int DefaultEpochs =>
        (int)Math.Min((Overview?.Configuration.Training.Epochs ?? 0) * (Status == RunStatus.Finished ? 2L : 1), MaxEpochs);

    /// <summary>The status of the run.</summary>
    public RunStatus Status => Overview?.Record.State switch
    {
        null => RunStatus.Unreadable,
        RunState.Running when ProcessId is not null => RunStatus.Running,
        RunState.Running or RunState.Interrupted => RunStatus.Stopped,
        RunState.Failed => RunStatus.Failed,
        _ => RunStatus.Finished,
    };

    private static string NameOf(string folder) => PrintableText.Of(Path.GetFileName(folder));
}

/// <summary>The status of a run, as far as this machine can determine it.</summary>
internal enum RunStatus
{
    Running,
    Finished,
    Stopped,
    Failed,
    Unreadable,
}
