namespace Elbo.Benchmarks;

/// <summary>Training with Elbo's own step, the one that its trainer takes; a slice goes on where the one before ended.</summary>
internal sealed class ElboTraining : IDisposable
{
    private readonly TrainingModel _description;
    private readonly LatentVariableModel _model;
    private readonly TrainingStep _step;
    private readonly BatchReader _reader;
    private int _epoch;
    private long _steps;

    public ElboTraining(TrainingModel model, ExampleSet data)
    {
        _description = model;
        _model = model.Create(data.Shape);
        TrainerOptions options = new() { BatchSize = model.BatchSize };
        WeightedObjective objective = new(_model.DefaultObjective, () => ModelTerms.Probe(_model));
        _reader = _model.Reader(data);
        _step = new TrainingStep(_model, objective, _reader, options, new TrainingClock(), SingleProcess.Instance, int.MaxValue);
    }

    /// <summary>Takes steps until Adam's moments have denormals, where they get any.</summary>
    public void Warm(int steps)
    {
        while (_steps < steps)
            Slice();
    }

    /// <summary>Takes an epoch's steps and returns the milliseconds per step.</summary>
    public double Slice()
    {
        var order = _reader.Shuffle(seed: 1, ++_epoch);
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        for (var step = 0; step < _description.Steps; step++)
        {
            using var change = _model.BeginChange();
            if (_step.Take(order, new TrainingPosition(_epoch, step), _steps++) is { } term)
                throw new InvalidOperationException($"{term} is not finite.");
        }

        return System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalMilliseconds / _description.Steps;
    }

    public void Dispose()
    {
        _step.Dispose();
        _model.Dispose();
    }
}
