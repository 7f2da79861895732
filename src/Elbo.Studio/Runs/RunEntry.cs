namespace Elbo.Studio;

/// <summary>An entry of the list of runs.</summary>
/// <param name="Id">The id by which pages refer to the run; it does not reveal the path.</param>
/// <param name="Name">The name of the folder.</param>
/// <param name="Folder">The full path; pages only get <see cref="Argument"/>.</param>
/// <param name="Overview">The content of its files; null if they cannot be read.</param>
/// <param name="Problem">Why they cannot be read, in one sentence.</param>
internal sealed record RunEntry(string Id, string Name, string Folder, RunOverview? Overview, string? Problem)
{
    /// <summary>The run as a command-line argument, relative to the folder in which the studio was started.</summary>
    public string Argument => ShellWord.Quote(Path.GetRelativePath(Environment.CurrentDirectory, Folder));

    /// <summary>The id of the process that is training it, or null.</summary>
    public int? ProcessId => Overview is { } overview ? RunProcess.Find(overview.Directory, overview.Record) : null;

    /// <summary>Whether it can be resumed: no process is training it, its plug-ins are loaded, and it has a checkpoint.</summary>
    public bool IsResumable =>
        Overview is { MissingParts.Count: 0 } && ProcessId is null && Overview.Directory.HasCheckpoint;

    /// <summary>The suggested total number of epochs for resuming: the configured number, or twice that for a finished run.</summary>
    public int DefaultEpochs =>
        (int)Math.Min((Overview?.Configuration.Training.Epochs ?? 0) * (Status == RunStatus.Finished ? 2L : 1), RunJobs.MaxEpochs);

    /// <summary>The status of the run.</summary>
    public RunStatus Status => Overview?.Record.State switch
    {
        null => RunStatus.Unreadable,
        RunState.Running when ProcessId is not null => RunStatus.Running,
        RunState.Running or RunState.Interrupted => RunStatus.Stopped,
        RunState.Failed => RunStatus.Failed,
        _ => RunStatus.Finished,
    };
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
