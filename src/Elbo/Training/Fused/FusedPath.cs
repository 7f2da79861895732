using System.Numerics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Training steps of the common models on a processor: libtorch multiplies matrices in memory that is kept, and everything between the
/// products is a few passes over vectors, up to Adam's update of each block of weights right after its gradient. The results are those of
/// autograd up to rounding.
/// </summary>
internal static class FusedPath
{
    /// <summary>Creates the path for a model and an objective, or returns null if it does not support them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="objective">The objective.</param>
    /// <param name="optimizer">The moments of its parameters.</param>
    /// <param name="processes">The processes that share a batch, and what sums their gradients; null for a single process.</param>
    public static IGradientPath? TryCreate(
        GenerativeModel model, WeightedObjective objective, FusedAdam optimizer, (IProcessGroup Group, GradientSum Sum)? processes = null)
    {
        if (StandardParts.Find(model, objective) is not { } parts
            || model.parameters().Any(parameter => parameter.device_type != DeviceType.CPU || !parameter.is_contiguous()))
        {
            return null;
        }

        return model.parameters().Select(parameter => parameter.dtype).Distinct().ToList() switch
        {
            [ScalarType.Float32] => FusedPath<float>.TryCreate(parts, objective, optimizer, processes),
            [ScalarType.Float64] => FusedPath<double>.TryCreate(parts, objective, optimizer, processes),
            _ => null,
        };
    }
}

/// <inheritdoc cref="FusedPath"/>
internal sealed class FusedPath<T> : IGradientPath
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Those of an epoch's batches: the full ones, and the last.
    private const int KeptSteps = 2;

    // Multiplications of a forward pass below which threads would wait for each other longer than they work, above all on a busy machine.
    private const long SharedWork = 1 << 21;

    private const string GroupName = "z";

    private readonly StandardParts _parts;
    private readonly FusedAdam _optimizer;
    private readonly FusedLikelihood<T> _likelihood;
    private readonly ObjectiveGradient _objective;
    private readonly Dictionary<MultilayerPerceptron, FusedParameter<T>[]> _parameters;
    private readonly List<FusedStep<T>> _steps = [];
    private readonly int _threads = get_num_threads();
    private readonly (IProcessGroup Group, GradientSum Sum)? _processes;
    private readonly ThreadTeam _alone = new(1);
    private readonly List<FusedParameter<T>> _all;
    private ThreadTeam? _team;
    private ThreadTeam _teamOfLastStep;

    private FusedPath(
        StandardParts parts,
        WeightedObjective objective,
        FusedAdam optimizer,
        FusedLikelihood<T> likelihood,
        (IProcessGroup Group, GradientSum Sum)? processes)
    {
        (_parts, _optimizer, _likelihood, _processes) = (parts, optimizer, likelihood, processes);
        _objective = new(objective, parts.IsGaussian ? GroupName : null);
        _parameters = parts.Networks.ToDictionary(
            network => network,
            network => network.Layers.SelectMany(layer => new[] { layer.Weight, layer.Bias })
                .Select(parameter => new FusedParameter<T>(parameter, optimizer)).ToArray());
        _all = [.. _parameters.Values.SelectMany(parameters => parameters)];
        _teamOfLastStep = _alone;
    }

    public string Name => "fused";

    public bool HasOwnThreads => true;

    public static FusedPath<T>? TryCreate(
        StandardParts parts, WeightedObjective objective, FusedAdam optimizer, (IProcessGroup Group, GradientSum Sum)? processes) =>
        FusedLikelihood<T>.TryCreate(parts.Model.Likelihood) is { } likelihood
        && parts.Networks.All(network => FusedActivation<T>.Find(network.Activation.Name) is not null)
            ? new(parts, objective, optimizer, likelihood, processes)
            : null;

    public (BoundTerms Terms, Tensor Loss) Compute(Batch batch, Noise noise, TermWeights weights, TrainingClock clock) =>
        Pass(batch, noise, weights, clock, learningRate: null);

    public (BoundTerms Terms, Tensor Loss) Step(
        Batch batch, Noise noise, TermWeights weights, TrainingClock clock, FusedAdam optimizer, double learningRate) =>
        Pass(batch, noise, weights, clock, learningRate);

    public void Update(FusedAdam optimizer, double learningRate)
    {
        var rule = AdamRule<T>.At(optimizer.StepsTaken, learningRate, scale: 1);
        var team = _teamOfLastStep;
        team.Run(thread =>
        {
            foreach (var parameter in _all)
                parameter.Update(rule, team.Share(thread, (int)parameter.Values.numel(), Lanes<T>.Count));
        });
        foreach (var parameter in _all)
            parameter.Clear();
        optimizer.CountStep();
    }

    public void Dispose()
    {
        _team?.Dispose();
        foreach (var owned in (IEnumerable<IDisposable>)[.. _steps, .. _all])
            owned.Dispose();
    }

    private (BoundTerms Terms, Tensor Loss) Pass(
        Batch batch, Noise noise, TermWeights weights, TrainingClock clock, double? learningRate)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        FusedInputs<T> inputs = new(_parts, batch, noise);
        var step = StepFor(inputs);
        _teamOfLastStep = step.Team;
        foreach (var (network, parameters) in _parameters)
            Begin(parameters, learningRate is null && network != _parts.Prior?.Network);
        var loss = double.NaN;
        step.Run(inputs, () =>
        {
            var share = batch.Share ?? new(0, inputs.Examples, inputs.Examples);
            var (reconstruction, kl) = Means(step, share);
            var (value, toReconstruction, toKl) = _objective.At(reconstruction, kl, weights);
            (loss, var trainsPrior) = (value, toKl is not null);
            clock.Mark(TrainingPart.Forward);
            if (learningRate is not null && !double.IsFinite(loss))
                return null;
            if (learningRate is null && trainsPrior && _parts.Prior is { } prior)
                Begin(_parameters[prior.Network], isStored: true);
            // An example that only stands in where a process has none counts for nothing.
            var weight = share.Count == 0 ? 0 : 1.0 / share.Total;
            var scale = toReconstruction * weight / inputs.Draws;
            return new(
                scale,
                [.. (toKl ?? new double[step.Kl.Columns]).Select(slope => T.CreateChecked(slope * weight))],
                trainsPrior,
                AdamRule<T>.At(_optimizer.StepsTaken, learningRate ?? 0, scale),
                AdamRule<T>.At(_optimizer.StepsTaken, learningRate ?? 0, scale: 1))
            {
                // Sent while the gradients of the encoder are computed.
                DecoderIsDone = _processes is { Sum: var sum } ? () => sum.Begin(_parts.Decoder.parameters().Cast<Parameter>()) : null,
            };
        });
        if (learningRate is not null && double.IsFinite(loss))
            _optimizer.CountStep();
        clock.Mark(TrainingPart.Backward);
        return (Terms(step), tensor(loss, batch.Values.dtype, CPU).MoveToOuterDisposeScope());
    }

    /// <summary>The mean terms of the whole batch.</summary>
    private (double Reconstruction, double[] Kl) Means(FusedStep<T> step, ProcessShare share)
    {
        double[] means = [step.Reconstruction.MeanOfColumns().Average(), .. step.Kl.MeanOfColumns()];
        if (_processes is { Group: var group })
        {
            using var sums = tensor(Array.ConvertAll(means, mean => mean * share.Count / share.Total), float64, CPU);
            group.Sum(sums);
            means = sums.data<double>().ToArray();
        }

        return (means[0], means[1..]);
    }

    private static void Begin(FusedParameter<T>[] parameters, bool isStored)
    {
        foreach (var parameter in parameters)
            parameter.Begin(isStored);
    }

    // In the memory of the step: whoever keeps them beyond the next step copies them.
    private BoundTerms Terms(FusedStep<T> step)
    {
        IReadOnlyList<KlTerm> kl = _parts.IsGaussian ? [new KlTerm(GroupName, step.Kl.All, IsMonteCarlo: false)] : [];
        return new(step.Reconstruction.All.reshape(-1).MoveToOuterDisposeScope(), kl, step.Coordinates.All);
    }

    private FusedStep<T> StepFor(FusedInputs<T> inputs)
    {
        if (_steps.Find(step => step.Fits(inputs)) is { } found)
            return found;
        if (_steps.Count == KeptSteps)
        {
            _steps[0].Dispose();
            _steps.RemoveAt(0);
        }

        var weights = _parts.Networks.SelectMany(network => network.Layers).Sum(layer => layer.Weight.numel());
        var team = weights * inputs.Examples * inputs.Draws < SharedWork ? _alone : _team ??= new ThreadTeam(_threads);
        FusedStep<T> created = new(_parts, _parameters, _likelihood, team, inputs.Examples, inputs.Draws);
        _steps.Add(created);
        return created;
    }
}
