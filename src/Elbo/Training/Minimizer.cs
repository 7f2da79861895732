using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Minimises an objective by Adam, one batch per step: the core of a training loop of your own. A <see cref="Trainer"/> adds epochs,
/// validation, checkpoints and records.
/// </summary>
/// <remarks>A step waits until no thread uses the model, as a step of a training does. One thread at a time may call the methods.</remarks>
public sealed class Minimizer : IDisposable
{
    private readonly GenerativeModel _model;
    private readonly WeightedObjective _objective;
    private readonly IGradientPath _path;
    private readonly TrainingClock _clock;

    /// <summary>Prepares to train a model, with moments of zero.</summary>
    /// <param name="model">The model; it stays the caller's to dispose.</param>
    /// <param name="objective">What is minimised; null for what the model's preset names.</param>
    /// <exception cref="SettingsException">The objective does not fit the model, or its options are not possible.</exception>
    public Minimizer(GenerativeModel model, ObjectiveOptions? objective = null)
        : this(
            model ?? throw new ArgumentNullException(nameof(model)),
            new WeightedObjective(objective ?? model.DefaultObjective, () => ModelTerms.Probe(model)),
            new TrainingClock())
    {
    }

    internal Minimizer(GenerativeModel model, WeightedObjective objective, TrainingClock clock, IProcessGroup? processes = null)
    {
        (_model, _objective, _clock) = (model, objective, clock);
        Optimizer = new FusedAdam(model);
        Optimizer.DiscardGradients();
        GradientSum? sum = processes is { Count: > 1 } ? new([.. model.parameters()], processes) : null;
        _path = FusedPath.TryCreate(model, objective, Optimizer, sum is null ? null : (processes!, sum))
            ?? (sum is null ? DevicePath.TryCreate(model, objective) : null)
            ?? (IGradientPath)new AutogradPath(model, objective, processes);
        if (sum is not null)
            _path = new SharedPath(_path, sum);
    }

    internal FusedAdam Optimizer { get; }

    /// <summary>How gradients are computed: "fused" or "autograd".</summary>
    public string GradientPath => _path.Name;

    /// <inheritdoc cref="IGradientPath.HasOwnThreads"/>
    internal bool HasOwnThreads => _path.HasOwnThreads;

    /// <summary>Takes a step with the weights of the terms that their schedules have then.</summary>
    /// <param name="batch">The examples (<see cref="GenerativeModel.Reader(ExampleSet, Binarization?, ulong)"/>).</param>
    /// <param name="noise">The noise of their codes (<see cref="GenerativeModel.TrainingNoise"/>).</param>
    /// <param name="step">The number of the step, from 0.</param>
    /// <param name="learningRate">The step size.</param>
    /// <returns>
    /// The terms and the loss before the step; the tensors belong to the dispose scope in which they were made, or to the caller.
    /// </returns>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public (BoundTerms Terms, Tensor Loss) Step(Batch batch, Noise noise, long step, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(noise);
        using var change = _model.BeginChange();
        var (terms, loss) = Step(batch, noise, _objective.WeightsAt(step), learningRate);
        return (_path.HasOwnThreads ? terms.Copy() : terms, loss);
    }

    /// <inheritdoc cref="IGradientPath.Step"/>
    internal (BoundTerms Terms, Tensor Loss) Step(Batch batch, Noise noise, TermWeights weights, double learningRate)
    {
        var result = _path.Step(batch, noise, weights, _clock, Optimizer, learningRate);
        _clock.Mark(TrainingPart.Optimizer);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _path.Dispose();
        Optimizer.Dispose();
    }
}
