namespace Elbo.Cli;

/// <summary>The state of a run of a sweep.</summary>
internal enum SweepRunState
{
    /// <summary>The run does not exist, or has no checkpoint.</summary>
    New,

    /// <summary>The run can be resumed.</summary>
    Started,

    /// <summary>All epochs of the run are done.</summary>
    Finished,
}

/// <summary>Determines the state of a run, and rejects runs that do not belong to the sweep.</summary>
internal static class SweepRunInspector
{
    private static readonly string[] ComparedSections = ["data", "model", "objective", "training"];

    /// <summary>The files that a run killed before its first checkpoint may have left.</summary>
    private static readonly string[] FilesBeforeFirstCheckpoint =
        ["config.json", "run.json", "metrics.csv", "standard-errors.csv", "training.lock", "record.lock"];

    /// <param name="directory">The directory of the run, which may not exist yet.</param>
    /// <param name="expected">The configuration of the run in the sweep.</param>
    /// <param name="dataset">The data of the run.</param>
    /// <exception cref="SettingsException">The folder does not belong to this run of the sweep.</exception>
    public static SweepRunState GetState(RunDirectory directory, RunConfiguration expected, Dataset dataset)
    {
        if (!Directory.Exists(directory.Folder))
            return SweepRunState.New;
        if (!directory.HasCheckpoint)
        {
            return IsIncomplete(directory.Folder)
                ? SweepRunState.New
                : throw new SettingsException(
                    $"{directory.Folder} holds something that is not a run of this sweep: move it, or choose a new folder with --out.");
        }

        if (directory.ReadConfiguration().DifferenceFrom(expected, ComparedSections) is { } found)
        {
            throw new SettingsException(
                $"The run {directory.Folder} has {found.Name} {found.Left}, but the sweep has {found.Right}: repeat the original "
                + "command of the sweep, or choose a new folder with --out.");
        }

        var record = directory.ReadRecord();
        if (record.Dataset.TrainSha256 != dataset.Train.Sha256)
        {
            throw new SettingsException(
                $"The run {directory.Folder} was trained on other data than {dataset.Name} holds now: restore the original data, or "
                + "choose a new folder with --out.");
        }

        if (expected.Training.StartFrom is { } first
            && new RunDirectory(first).HashWeights() is { } hash
            && hash != record.InitialWeightsSha256)
        {
            throw new SettingsException(
                $"The run {directory.Folder} started from other weights than {first} has now: restore those, or choose a new folder with "
                + "--out.");
        }

        return record.State == RunState.Finished ? SweepRunState.Finished : SweepRunState.Started;
    }

    /// <summary>Removes the remains of a run that was killed before its first checkpoint, so that it can start again.</summary>
    public static void RemoveIncomplete(RunDirectory directory)
    {
        if (!Directory.Exists(directory.Folder))
            return;
        using (directory.Lock())
            directory.RemoveTemporaryFiles();
        if (IsIncomplete(directory.Folder))
            Directory.Delete(directory.Folder, recursive: true);
    }

    private static bool IsIncomplete(string folder) => Directory
        .EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        .All(path => FilesBeforeFirstCheckpoint.Contains(Path.GetRelativePath(folder, path))
            || path.EndsWith(".partial", StringComparison.Ordinal));
}
