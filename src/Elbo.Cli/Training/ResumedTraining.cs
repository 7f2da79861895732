namespace Elbo.Cli;

/// <summary>A training that resumes an interrupted or finished run.</summary>
internal sealed class ResumedTraining : IDisposable
{
    private readonly Run _run;
    private readonly Dataset _dataset;
    private readonly int? _epochs;

    /// <param name="folder">The folder of the run.</param>
    /// <param name="epochs">The total number of epochs; null for the number in the run's configuration.</param>
    /// <param name="data">The current location of the data, if it has moved.</param>
    public ResumedTraining(string folder, int? epochs = null, string? data = null)
    {
        var directory = RunDirectory.Open(folder);
        var configuration = directory.ReadConfiguration();
        _epochs = epochs;
        RequireResumable(folder, directory.ReadRecord(), configuration.Training.Epochs, epochs ?? configuration.Training.Epochs);
        TorchThreads.Set(configuration.Training.Threads);
        RunLoader.WarnOfOtherPlugins(directory);
        _run = RunLoader.Open(folder);
        try
        {
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
        return TrainingDisplay.Show(progress => hasTest
            ? _run.Resume(_dataset, _epochs, progress, cancellationToken)
            : _run.Resume(_dataset.Train, _epochs, progress, cancellationToken));
    }

    public void Dispose() => _run.Dispose();

    private static void RequireResumable(string folder, RunRecord record, int? configured, int? epochs)
    {
        if (RunProcess.Find(record) is { } process)
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
            Console.Error.WriteLine($"Note: bitwise identical results are not guaranteed because of {string.Join(" and ", differences)}.");
    }
}
