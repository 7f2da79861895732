namespace Elbo.Cli;

/// <summary>How far a run of a sweep is.</summary>
internal enum SweepRunState
{
    /// <summary>There is nothing of it yet that could be kept.</summary>
    New,

    /// <summary>It can be resumed.</summary>
    Begun,

    /// <summary>All its epochs are done.</summary>
    Finished,
}

/// <summary>Finds out how far a run is, and refuses one that does not belong to its sweep.</summary>
internal static class SweepRunExamination
{
    private static readonly string[] Parts = ["data", "model", "objective", "training"];

    /// <summary>What a run that was killed before its first checkpoint can have left behind.</summary>
    private static readonly string[] FilesOfABirth = ["config.json", "run.json", "metrics.csv", "training.lock"];

    /// <param name="directory">Where the run is, or is to be.</param>
    /// <param name="expected">The configuration that it has if it belongs to the sweep.</param>
    /// <param name="dataset">The data it is trained on.</param>
    /// <exception cref="ConfigurationException">The folder holds something else.</exception>
    public static SweepRunState Examine(RunDirectory directory, RunConfiguration expected, Dataset dataset)
    {
        if (!Directory.Exists(directory.Folder))
            return SweepRunState.New;
        if (!File.Exists(directory.CheckpointPath(CheckpointKind.Last)))
        {
            return IsUnborn(directory.Folder)
                ? SweepRunState.New
                : throw new ConfigurationException(
                    $"{directory.Folder} holds something that is no run of this sweep: move it away, or name a new folder with --out.");
        }

        if (SettingDifference.Find(directory.ReadConfiguration(), expected, Parts) is { } found)
        {
            throw new ConfigurationException(
                $"The run {directory.Folder} has {found.Name} {found.Left}, but the sweep asks for {found.Right}: repeat the command it "
                + "was begun with, or name a new folder with --out.");
        }

        var record = directory.ReadRecord();
        if (record.Dataset.TrainSha256 != dataset.Train.Sha256)
        {
            throw new ConfigurationException(
                $"The run {directory.Folder} was trained on other data than {dataset.Name} holds now: put the original data back, or name "
                + "a new folder with --out.");
        }

        if (expected.Training.StartFrom is { } first && InitialWeights.Hash(first) is { } hash && hash != record.InitialWeightsSha256)
        {
            throw new ConfigurationException(
                $"The run {directory.Folder} started from other weights than {first} has now: put those back, or name a new folder with --out.");
        }

        return record.State == RunState.Finished ? SweepRunState.Finished : SweepRunState.Begun;
    }

    /// <summary>Removes what is left of a run that was killed before its first checkpoint, so that it can begin anew.</summary>
    public static void RemoveUnborn(RunDirectory directory)
    {
        if (!Directory.Exists(directory.Folder))
            return;
        using (TrainingLock.Take(directory))
            directory.RemoveTemporaryFiles();
        if (IsUnborn(directory.Folder))
            Directory.Delete(directory.Folder, recursive: true);
    }

    private static bool IsUnborn(string folder) => Directory
        .EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        .All(path => FilesOfABirth.Contains(Path.GetRelativePath(folder, path)) || path.EndsWith(".partial", StringComparison.Ordinal));
}
