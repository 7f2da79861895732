namespace Elbo.Studio;

/// <summary>A run directory as the studio lists it.</summary>
/// <param name="Id">By what a page names it: it stands for the folder and says nothing of it.</param>
/// <param name="Name">The folder's own name.</param>
/// <param name="Folder">Where it is; a page is told no more of it than <see cref="Argument"/>.</param>
/// <param name="Overview">What its files tell; null where they cannot be read.</param>
/// <param name="Problem">Why they cannot, in one sentence.</param>
internal sealed record RunEntry(string Id, string Name, string Folder, RunOverview? Overview, string? Problem)
{
    /// <summary>The run as an argument of a command that is typed where the studio was started.</summary>
    public string Argument => ShellWord.Quote(Path.GetRelativePath(Environment.CurrentDirectory, Folder));

    /// <summary>The process that trains it now, or null.</summary>
    public int? ProcessId => Overview is { } overview ? RunProcess.Find(overview.Record) : null;

    /// <summary>Whether it can be gone on with: nothing trains it, and it has a checkpoint.</summary>
    public bool IsResumable => Overview is not null && ProcessId is null && File.Exists(Overview.Directory.CheckpointPath(CheckpointKind.Last));

    /// <summary>How many epochs in all are proposed for going on: those that were asked for, or once they are done twice as many.</summary>
    public int ProposedEpochs =>
        (int)Math.Min((Overview?.Configuration.Training.Epochs ?? 0) * (Standing == RunStanding.Finished ? 2L : 1), RunJobs.MaxEpochs);

    /// <summary>How it stands.</summary>
    public RunStanding Standing => Overview?.Record.State switch
    {
        null => RunStanding.Unreadable,
        RunState.Running when ProcessId is not null => RunStanding.Running,
        RunState.Running or RunState.Interrupted => RunStanding.Stopped,
        RunState.Failed => RunStanding.Failed,
        _ => RunStanding.Finished,
    };
}

/// <summary>How a run stands, as far as this machine can tell.</summary>
internal enum RunStanding
{
    Running,
    Finished,
    Stopped,
    Failed,
    Unreadable,
}
