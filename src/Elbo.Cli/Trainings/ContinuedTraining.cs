namespace Elbo.Cli;

/// <summary>A training that goes on where its run was stopped.</summary>
internal sealed class ContinuedTraining : IDisposable
{
    private readonly Run _run;
    private readonly Dataset _dataset;

    /// <param name="folder">The folder of the run.</param>
    /// <param name="epochs">How many epochs there shall be in all; null for as many as were asked for at first.</param>
    /// <param name="data">Where the data is now, if it has moved.</param>
    public ContinuedTraining(string folder, int? epochs = null, string? data = null)
    {
        var directory = RunDirectory.Open(folder);
        var configuration = directory.ReadConfiguration();
        Epochs = epochs ?? configuration.Training.Epochs;
        RequireResumable(folder, directory.ReadRecord(), configuration.Training.Epochs, Epochs);
        TorchThreads.Use(configuration.Training.Threads);
        _run = Run.Load(folder);
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

    /// <summary>How many epochs there shall be in all.</summary>
    public int Epochs { get; }

    public LatentVariableModel Model => _run.Model;

    /// <summary>Trains, and tells on stderr how far it is.</summary>
    public TrainingResult Train(CancellationToken cancellationToken)
    {
        // A program, or a sweep, may have trained without the test split that the data has.
        var hasTest = _run.Directory.ReadRecord().Dataset.TestSha256 is not null;
        return TrainingDisplay.Show(progress => hasTest
            ? _run.Resume(_dataset, Epochs, progress, cancellationToken)
            : _run.Resume(_dataset.Train, Epochs, progress, cancellationToken));
    }

    public void Dispose() => _run.Dispose();

    private static void RequireResumable(string folder, RunRecord record, int configured, int epochs)
    {
        if (RunProcess.Find(record) is { } process)
            throw new ConfigurationException(
                $"The run {folder} is being trained right now by process {process}: wait for it, or stop it first.");
        if (record.State == RunState.Finished && epochs <= configured)
        {
            throw new ConfigurationException(
                $"The run {folder} has finished its {configured} epochs: ask for more in all, as with --epochs {2L * configured}.");
        }
    }

    private void WarnOfDifferences()
    {
        var differences = _run.DifferencesFromRecordedMachine();
        if (differences.Count > 0)
            Console.Error.WriteLine($"Note: equality bit for bit cannot be promised, because of {string.Join(" and ", differences)}.");
    }
}
