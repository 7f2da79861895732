using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>One step of training: a batch, the bound, its gradient, the optimizer, and the sums that an epoch is reported by.</summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly LatentVariableModel _model;
    private readonly WeightedObjective _objective;
    private readonly TensorDataset _data;
    private readonly TrainerOptions _options;
    private readonly TrainingClock _clock;
    private readonly Device _device;
    private readonly Workspace _workspace = new();
    private readonly ParameterGradients _gradients = new();
    private readonly FiniteWatch? _watch;
    private readonly long _totalSteps;

    public TrainingStep(
        LatentVariableModel model,
        WeightedObjective objective,
        TensorDataset data,
        TrainerOptions options,
        TrainingClock clock,
        long totalSteps)
    {
        (_model, _objective, _data, _options, _clock, _device) = (model, objective, data, options, clock, data.Device);
        _totalSteps = totalSteps;
        Average = options.Averaging > 0 ? new WeightAverage(model, options.Averaging) : null;
        Optimizer = new FusedAdam(model);
        Sums = new TermAccumulator(model, _device);
        // Looking at a number costs nothing on the CPU, and a wait for all that is under way elsewhere.
        _watch = _device.type == DeviceType.CPU ? null : new FiniteWatch(_device);
    }

    public FusedAdam Optimizer { get; }

    /// <summary>The average of the weights, where one is kept.</summary>
    public WeightAverage? Average { get; }

    /// <summary>The terms of the epoch so far.</summary>
    public TermAccumulator Sums { get; }

    /// <summary>Takes the step at a position. Answers the term that is not finite, where that can be known without waiting for a device.</summary>
    /// <param name="order">The order of the epoch's examples.</param>
    /// <param name="position">The step within the epoch.</param>
    /// <param name="globalStep">The number of steps taken before this one.</param>
    public string? Take(Tensor order, TrainingPosition position, long globalStep)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var start = (long)position.Step * _options.BatchSize;
        var indices = order.narrow(0, start, Math.Min(_options.BatchSize, _data.Count - start));
        var batch = _data.Gather(indices, position.Epoch, position.Step, _workspace);
        var epsilon = Noise(batch.Pixels.shape[0], position);
        _clock.Mark(TrainingPart.Data);
        var weights = _objective.WeightsAt(globalStep);
        var derivative = new BoundDerivative(_workspace, _gradients);
        var terms = _model.Terms(batch, epsilon, derivative);
        var loss = _objective.Loss(terms, weights);
        _clock.Mark(TrainingPart.Forward);
        if (_watch is not null)
            _watch.Record(terms, loss, globalStep + 1);
        else if (Finiteness.FirstNotFinite(terms, loss) is { } term)
            return term;
        derivative.Back(_objective.Gradient(terms, weights));
        _clock.Mark(TrainingPart.Backward);
        Optimizer.Step(LearningRateSchedules.At(_options, globalStep, _totalSteps));
        Average?.Update(globalStep + 1);
        _clock.Mark(TrainingPart.Optimizer);
        Sums.Add(terms, loss);
        _workspace.Reset();
        _clock.Mark(TrainingPart.Accounting);
        return null;
    }

    /// <summary>The first step and term that were not finite, where the device had to be waited for to know; null while all is well.</summary>
    public (long Step, string Term)? FirstNotFinite() => _watch?.Read();

    public void Dispose()
    {
        Optimizer.Dispose();
        Average?.Dispose();
        Sums.Dispose();
        _workspace.Dispose();
        _gradients.Dispose();
        _watch?.Dispose();
    }

    private Tensor Noise(long examples, TrainingPosition position)
    {
        using var generator = RandomStream.Create(_options.Seed, RandomPurpose.Noise, position.Epoch, position.Step, _device);
        long[] shape = _objective.Samples == 1
            ? [examples, _model.LatentSize]
            : [_objective.Samples, examples, _model.LatentSize];
        return randn(shape, float32, _device, generator: generator);
    }
}
