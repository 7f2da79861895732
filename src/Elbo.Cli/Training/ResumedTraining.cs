using Elbo.Studio;

namespace Elbo.Cli;

/// <summary>A training that resumes an interrupted or finished run.</summary>
internal sealed class ResumedTraining : IDisposable
{
    // How the library names it; the flag is the command line's.
    private const string PreviousCheckpoint = "the previous checkpoint";

    private const string PreviousFlag = "--from previous";

    private readonly Run _run;
    private readonly Dataset _dataset;
    private readonly int? _epochs;
    private readonly CheckpointKind _from;

    /// <param name="folder">The folder of the run.</param>
    /// <param name="epochs">The total number of epochs; null for the number in the run's configuration.</param>
    /// <param name="data">The current location of the data, if it has moved.</param>
    /// <param name="from">The checkpoint to resume from.</param>
    /// <param name="device">The device to train on; null for the one in the run's configuration.</param>
    public ResumedTraining(
        string folder, int? epochs = null, string? data = null, CheckpointKind from = CheckpointKind.Last, string? device = null)
    {
        var directory = RunDirectory.Open(folder);
        var configuration = directory.ReadConfiguration();
        (_epochs, _from) = (epochs, from);
        RequireResumable(directory, directory.ReadRecord(), configuration.Training.Epochs, epochs ?? configuration.Training.Epochs);
        TorchThreads.Set(configuration.Training.Threads);
        RunLoader.WarnOfOtherPlugins(directory);
        _run = Load(directory, from, device);
        try
        {
            _run.Processes = SharedWork.Group;
            WarnOfDifferences();
            _dataset = RunData.Load(directory, data).Dataset;
        }
        catch
        {
            _run.Dispose();
            throw;
        }
    }

    public LatentVariableModel Model => _run.Model;

    /// <summary>Trains and shows the progress on stderr.</summary>
    public TrainingResult Train(CancellationToken cancellationToken)
    {
        // A program or a sweep may have trained without the test split even though the data has one.
        var hasTest = _run.Directory.ReadRecord().Dataset.TestSha256 is not null;
        try
        {
            return TrainingDisplay.Show(progress => hasTest
                ? _run.Resume(_dataset, _epochs, progress, _from, cancellationToken)
                : _run.Resume(_dataset.Train, _epochs, progress, _from, cancellationToken));
        }
        catch (InputException exception) when (exception.Message.Contains(PreviousCheckpoint, StringComparison.Ordinal))
        {
            throw new InputException($"{exception.Message.TrimEnd('.')} ({PreviousFlag}).", exception);
        }
    }

    public void Dispose() => _run.Dispose();

    // A run without a best checkpoint is loaded from the one that it resumes from: the last one may be the damaged one.
    private static Run Load(RunDirectory directory, CheckpointKind from, string? device)
    {
        var hasBest = File.Exists(directory.CheckpointPath(CheckpointKind.Best));
        try
        {
            return RunLoader.Open(
                directory.Folder, !hasBest && from == CheckpointKind.Previous ? from : CheckpointKind.Best, device);
        }
        catch (InputException exception) when (!hasBest && from == CheckpointKind.Last
            && exception.Message.StartsWith(directory.CheckpointPath(from), StringComparison.Ordinal)
            && File.Exists(directory.CheckpointPath(CheckpointKind.Previous)))
        {
            throw new InputException($"{exception.Message.TrimEnd('.')}, or resume from {PreviousCheckpoint} ({PreviousFlag}).", exception);
        }
    }

    private static void RequireResumable(RunDirectory directory, RunRecord record, int? configured, int? epochs)
    {
        var folder = Invocation.Shorten(directory.Folder);
        // Process 0 may have begun already.
        if (SharedWork.Group.Rank == 0 && RunProcess.Find(directory, record) is { } process)
            throw new SettingsException(
                $"The run {folder} is currently being trained by process {process}: wait for it, or stop it first.");
        if (record.State == RunState.Finished && epochs <= configured)
        {
            throw new SettingsException(
                $"The run {folder} has finished its {configured} epochs: set a larger total, for example --epochs {2L * configured}.");
        }
    }

    private void WarnOfDifferences()
    {
        var differences = _run.DifferencesFromRecordedMachine();
        if (differences.Count > 0)
            Console.Error.WriteLine(PrintableText.Of(
                $"Note: bitwise identical results are not guaranteed because of {string.Join(" and ", differences)}."));
        if (_from == CheckpointKind.Last)
        {
            foreach (var change in _run.ChangedSettings())
                Console.Error.WriteLine(PrintableText.Of($"Note: config.json has {change}."));
        }
    }
}
