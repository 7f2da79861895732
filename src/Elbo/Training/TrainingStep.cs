using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>One step of training: a batch, the loss and its gradient, the optimizer, and the sums for the report of the epoch.</summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly GenerativeModel _model;
    private readonly WeightedObjective _objective;
    private readonly BatchReader _data;
    private readonly TrainerOptions _options;
    private readonly TrainingClock _clock;
    private readonly Minimizer _minimizer;
    private readonly FiniteWatch? _watch;
    private readonly ReadAhead? _ahead;
    private readonly IProcessGroup _processes;
    private readonly long _totalSteps;
    private long _lastStep;

    public TrainingStep(
        GenerativeModel model,
        WeightedObjective objective,
        BatchReader data,
        TrainerOptions options,
        TrainingClock clock,
        IProcessGroup processes,
        long totalSteps)
    {
        (_model, _objective, _data, _options, _clock) = (model, objective, data, options, clock);
        (_processes, _totalSteps) = (processes, totalSteps);
        Average = options.Averaging > 0 ? new WeightAverage(model, options.Averaging) : null;
        _minimizer = new Minimizer(model, objective, clock, processes);
        if (data.Device.type != DeviceType.CPU)
        {
            // Reading a number is free on the CPU; elsewhere it waits for all queued work.
            _watch = new FiniteWatch(data.Device);
            _ahead = new ReadAhead(Prepare);
        }

        Sums = new TermAccumulator(model, data.Device, _watch is null ? null : _watch.Record);
    }

    public FusedAdam Optimizer => _minimizer.Optimizer;

    /// <inheritdoc cref="Minimizer.GradientPath"/>
    public string GradientPath => _minimizer.GradientPath;

    /// <summary>The average of the weights, where one is kept.</summary>
    public WeightAverage? Average { get; }

    /// <summary>The terms of the epoch so far.</summary>
    public TermAccumulator Sums { get; }

    /// <summary>Takes the step at a position. Returns the term that is not finite, on devices where checking does not wait.</summary>
    /// <param name="order">The order of the epoch's examples.</param>
    /// <param name="position">The step within the epoch.</param>
    /// <param name="globalStep">The number of steps taken before this one.</param>
    public string? Take(int[] order, TrainingPosition position, long globalStep)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var threads = _minimizer.HasOwnThreads ? LibTorchThreads.Use(1) : null;
        var isLast = (long)(position.Step + 1) * _options.BatchSize >= order.Length;
        var (batch, noise) = _ahead?.Take(order, position, isLast, scope) ?? Prepare(order, position);
        _clock.Mark(TrainingPart.Data);
        var rate = LearningRateSchedules.At(_options, globalStep, _totalSteps);
        var (terms, loss) = _minimizer.Step(batch, noise, _objective.WeightsAt(globalStep), rate);
        if (_watch is null && Finiteness.FirstNotFinite(terms, loss, _processes) is { } notFinite)
            return notFinite;
        Average?.Update(globalStep + 1);
        _clock.Mark(TrainingPart.Optimizer);
        if (batch.Share is not { Count: 0 })
            Sums.Add(terms, loss);
        _lastStep = globalStep + 1;
        _clock.Mark(TrainingPart.Accounting);
        return null;
    }

    private (Batch Batch, Noise Noise) Prepare(int[] order, TrainingPosition position)
    {
        var batch = Gather(order, position);
        var stream = new NoiseStream(_options.Seed, RandomPurpose.Noise, position.Epoch);
        return (batch, Noise.Draw(_model.LatentGroups, stream, batch.Indices.Span, _objective.Samples, batch.Values));
    }

    // The batch is the same for any number of processes: each takes its share of the examples.
    private Batch Gather(ReadOnlySpan<int> order, TrainingPosition position)
    {
        var start = position.Step * _options.BatchSize;
        var rows = order.Slice(start, Math.Min(_options.BatchSize, order.Length - start));
        if (_processes.Count == 1)
            return _data.Gather(rows, position.Epoch);
        var share = ProcessShare.Of(rows.Length, _processes);
        var own = share.Count > 0 ? rows.Slice(share.Start, share.Count) : rows[..1];
        return _data.Gather(own, position.Epoch) with { Share = share };
    }

    /// <summary>The first step and term that were not finite, on devices where checking waits; null while all are finite.</summary>
    /// <param name="ofAllSteps">
    /// Whether the last steps count too, whose terms are deferred; they are added then, which has to happen at the same steps of every run.
    /// </param>
    public (long Step, string Term)? FirstNotFinite(bool ofAllSteps)
    {
        if (_watch is null)
            return null;
        if (ofAllSteps)
            Sums.AddDeferred();
        return _watch.Read(_lastStep - Sums.DeferredBatches);
    }

    public void Dispose()
    {
        _ahead?.Dispose();
        _minimizer.Dispose();
        Average?.Dispose();
        Sums.Dispose();
        _watch?.Dispose();
    }
}
