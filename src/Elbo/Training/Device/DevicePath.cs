using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Gradients of the common models as few operations of libtorch, in memory that every step uses again: for a GPU, where a small model
/// waits for the host's calls. <see cref="FusedPath"/> is for processors. The objective stays a function of the mean terms, which autograd
/// differentiates.
/// </summary>
internal sealed class DevicePath : IGradientPath
{
    private const string GroupName = "z";

    private readonly LatentVariableModel _model;
    private readonly WeightedObjective _objective;
    private readonly Workspace _workspace = new();
    private readonly DevicePerceptron _encoder;
    private readonly DevicePerceptron _decoder;
    private readonly DevicePerceptron? _prior;
    private readonly DeviceLatent _latent;
    private readonly DeviceLikelihood _likelihood;

    private DevicePath(StandardParts parts, WeightedObjective objective, DeviceLikelihood likelihood)
    {
        (_model, _objective, _likelihood) = (parts.Model, objective, likelihood);
        (_encoder, _decoder) = (new(parts.Encoder, _workspace), new(parts.Decoder, _workspace));
        _prior = parts.Prior is null ? null : new(parts.Prior.Network, _workspace);
        _latent = new DeviceLatent(_model.LatentSize, parts.IsGaussian, parts.Prior?.LearnsVariance);
    }

    public string Name => "fused";

    /// <summary>Creates the path for a model and an objective, or returns null if it does not support them.</summary>
    public static DevicePath? TryCreate(GenerativeModel model, WeightedObjective objective) =>
        objective.Samples == 1
        && StandardParts.Find(model, objective) is { } parts
        && parts.Networks.All(network => DeviceActivation.Find(network.Activation.Name) is not null)
        && DeviceLikelihood.TryCreate(parts.Model.Likelihood) is { } likelihood
            ? new DevicePath(parts, objective, likelihood)
            : null;

    public (BoundTerms Terms, Tensor Loss) Compute(Batch batch, Noise noise, TermWeights weights, TrainingClock clock)
    {
        using var _ = no_grad();
        _workspace.Reset();
        var (x, features, target, condition) = (batch.Values, batch.Features, batch.Target, _model.Condition);
        var posterior = features is null
            ? _encoder.Forward(x, null)
            : _encoder.Forward(VisiblePart.Overlay(condition!, x, features), VisiblePart.OtherFeatures(condition!, features));
        var (z, kl, coordinates) = _latent.Forward(posterior, _prior?.Forward(features!, null), noise[0]);
        var output = _decoder.Forward(z, _model.Decoder.SeesCondition ? features : null);
        var reconstruction = _likelihood.Forward(output, x, target, _workspace);
        if (_model.Standardization is { } standardization)
            reconstruction = reconstruction.Plus(standardization.LogScale);
        var (loss, toReconstruction, toKl) = Differentiate(reconstruction, kl, weights);
        clock.Mark(TrainingPart.Forward);

        var toCode = _decoder.Backward(_likelihood.Backward(toReconstruction), toInput: true)!;
        var (toPosterior, toPrior) = _latent.Backward(toCode, toKl);
        _encoder.Backward(toPosterior, toInput: false);
        if (toPrior is not null)
            _prior!.Backward(toPrior, toInput: false);
        clock.Mark(TrainingPart.Backward);
        IReadOnlyList<KlTerm> klTerms = kl is null ? [] : [new KlTerm(GroupName, kl, IsMonteCarlo: false)];
        return (new BoundTerms(reconstruction, klTerms, coordinates), loss);
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
        _prior?.Dispose();
        _workspace.Dispose();
    }

    /// <summary>The loss, and its gradients with respect to the reconstruction and the KL per dimension of each example.</summary>
    private (Tensor Loss, Tensor ToReconstruction, Tensor? ToKl) Differentiate(Tensor reconstruction, Tensor? kl, TermWeights weights)
    {
        using var _ = enable_grad();
        var meanReconstruction = reconstruction.mean().requires_grad_();
        var meanKl = kl?.mean([0]).requires_grad_();
        var loss = _objective.Loss(
            new MeanTerms(meanReconstruction, meanKl is null ? [] : [new KlTerm(GroupName, meanKl, IsMonteCarlo: false)]), weights);
        loss.backward();
        var share = Number(1.0 / reconstruction.shape[0]);
        var toReconstruction = meanReconstruction.grad ?? zeros_like(meanReconstruction);
        return (loss.detach(), toReconstruction.mul_(share), meanKl?.grad?.mul_(Number(1.0 / reconstruction.shape[0])));
    }
}
