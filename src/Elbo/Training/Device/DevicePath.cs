using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Gradients of the common models as few operations of libtorch: for a GPU, where a small model waits for the host's calls.
/// <see cref="FusedPath"/> is for processors.
/// </summary>
internal sealed class DevicePath : IGradientPath
{
    private const string GroupName = "z";

    private readonly LatentVariableModel _model;
    private readonly DeviceNetwork _encoder;
    private readonly DeviceNetwork _decoder;
    private readonly DeviceNetwork? _prior;
    private readonly DeviceLatent _latent;
    private readonly DeviceLikelihood _likelihood;
    private readonly DeviceObjective _objective;

    private DevicePath(StandardParts parts, WeightedObjective objective, DeviceLikelihood likelihood)
    {
        (_model, _likelihood, _objective) = (parts.Model, likelihood, new(objective, GroupName));
        (_encoder, _decoder) = (new(parts.Encoder), new(parts.Decoder));
        _prior = parts.Prior is null ? null : new(parts.Prior.Network);
        _latent = new DeviceLatent(_model.LatentSize, parts.IsGaussian, parts.Prior?.LearnsVariance);
    }

    public string Name => "fused";

    /// <summary>Creates the path for a model and an objective, or returns null if it does not support them.</summary>
    public static DevicePath? TryCreate(GenerativeModel model, WeightedObjective objective) =>
        objective.Samples == 1
        && StandardParts.Find(model, objective) is { } parts
        && parts.Networks.All(DeviceNetwork.Supports)
        && DeviceLikelihood.TryCreate(parts.Model.Likelihood) is { } likelihood
            ? new DevicePath(parts, objective, likelihood)
            : null;

    public (BoundTerms Terms, Tensor Loss) Compute(Batch batch, Noise noise, TermWeights weights, TrainingClock clock)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var (x, features, target, condition) = (batch.Values, batch.Features, batch.Target, _model.Condition);
        var posterior = features is null
            ? _encoder.Forward(x, null)
            : _encoder.Forward(VisiblePart.Overlay(condition!, x, features), VisiblePart.OtherFeatures(condition!, features));
        var (z, kl, coordinates) = _latent.Forward(posterior, _prior?.Forward(features!, null), noise[0]);
        var output = _decoder.Forward(z, _model.Decoder.SeesCondition ? features : null);
        var reconstruction = _likelihood.Forward(output, x, target);
        if (_model.Standardization is { } standardization)
            reconstruction = reconstruction.Plus(standardization.LogScale);
        var (loss, toReconstruction, toKl) = _objective.At(reconstruction, kl, weights);
        clock.Mark(TrainingPart.Forward);

        var toCode = _decoder.Backward(_likelihood.Backward(output, x, target, toReconstruction), toInput: true)!;
        var (toPosterior, toPrior) = _latent.Backward(toCode, toKl);
        _encoder.Backward(toPosterior, toInput: false);
        if (toPrior is not null)
            _prior!.Backward(toPrior, toInput: false);
        clock.Mark(TrainingPart.Backward);
        IReadOnlyList<KlTerm> klTerms =
            kl is null ? [] : [new KlTerm(GroupName, kl.MoveToOuterDisposeScope(), IsMonteCarlo: false)];
        BoundTerms terms = new(reconstruction.MoveToOuterDisposeScope(), klTerms, coordinates.MoveToOuterDisposeScope());
        return (terms, loss.MoveToOuterDisposeScope());
    }

    public void Dispose() => _objective.Dispose();
}
