using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Hand-written gradients of the common models: multilayer perceptrons, a Gaussian or point posterior, a Gaussian prior, a Bernoulli or a
/// Gaussian likelihood, one draw of z. It computes the gradients of autograd, in memory that is reused at every step, with fewer passes
/// over it, and on a GPU, where a small model waits for the host, with fewer calls. The objective stays a function of the mean terms, which
/// autograd differentiates.
/// </summary>
internal sealed class FusedPath : IGradientPath
{
    private const string GroupName = "z";

    private readonly LatentVariableModel _model;
    private readonly WeightedObjective _objective;
    private readonly Workspace _workspace = new();
    private readonly FusedPerceptron _encoder;
    private readonly FusedPerceptron _decoder;
    private readonly FusedPerceptron? _prior;
    private readonly FusedLatent _latent;
    private readonly FusedLikelihood _likelihood;

    private FusedPath(
        LatentVariableModel model,
        WeightedObjective objective,
        MultilayerPerceptron encoder,
        MultilayerPerceptron decoder,
        ConditionalPrior? prior,
        FusedLikelihood likelihood)
    {
        (_model, _objective, _likelihood) = (model, objective, likelihood);
        (_encoder, _decoder) = (new(encoder, _workspace), new(decoder, _workspace));
        _prior = prior is null ? null : new(prior.Network, _workspace);
        _latent = new FusedLatent(model.LatentSize, model.Encoder is GaussianEncoder, prior?.LearnsVariance);
    }

    public string Name => "fused";

    /// <summary>Creates the path for a model and an objective, or returns null if it does not support them.</summary>
    public static FusedPath? TryCreate(GenerativeModel model, WeightedObjective objective)
    {
        if (model is not LatentVariableModel { Encoder: NetworkEncoder encoder } latent || objective.HasAuxiliary || objective.Samples != 1)
            return null;
        var fits = encoder is GaussianEncoder or PointEncoder
            && latent.Prior is StandardPrior or ConditionalPrior
            && latent.Decoder.Skip is null
            // A parameter that is frozen gets no gradient from autograd.
            && latent.parameters().All(parameter => parameter.requires_grad);
        return fits
            && FusedPerceptron.TryCast(encoder.Body.Module) is { } encoderNetwork
            && FusedPerceptron.TryCast(latent.Decoder.Body.Module) is { } decoderNetwork
            && (latent.Prior as ConditionalPrior) is var prior
            && (prior is null || FusedPerceptron.TryCast(prior.Network) is not null)
            && FusedLikelihood.TryCreate(latent.Likelihood) is { } likelihood
            ? new FusedPath(latent, objective, encoderNetwork, decoderNetwork, prior, likelihood)
            : null;
    }

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
