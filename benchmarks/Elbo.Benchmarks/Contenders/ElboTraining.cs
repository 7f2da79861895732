namespace Elbo.Benchmarks;

/// <summary>Training with Elbo's trainer; a slice is an epoch with as many examples as its steps require.</summary>
internal sealed class ElboTraining(TrainingModel model, ExampleSet data) : IDisposable
{
    private readonly LatentVariableModel _model = model.Create(data.Shape);
    private readonly TrainerOptions _options = new() { Epochs = 1, BatchSize = model.BatchSize, Validation = 0 };

    /// <summary>Returns the milliseconds per step.</summary>
    public double Slice()
    {
        var report = new Trainer(_model, _options).Fit(data).Epochs[0];
        return 1000.0 * model.BatchSize / report.ExamplesPerSecond;
    }

    public void Dispose() => _model.Dispose();
}
