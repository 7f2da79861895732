using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The derivative of the bound's two terms through a whole model: what <see cref="LatentVariableModel.Terms(Batch, Tensor, BoundDerivative)"/>
/// leaves on its way forward, and the way back from the gradients of the terms to those of all parameters.
/// </summary>
/// <param name="workspace">Where the matrices of the step are.</param>
/// <param name="gradients">Where the gradients of parameters go.</param>
internal sealed class BoundDerivative(Workspace workspace, ParameterGradients gradients)
{
    private LatentDistribution? _posterior;
    private Tensor? _epsilon;
    private PriorComparison? _comparison;
    private PriorDensity? _density;
    private PriorDraws? _draws;
    private DerivativeChain? _decoderOfDraws;

    /// <summary>From the posterior's parameters, side by side, back to the image.</summary>
    public DerivativeChain Encoder { get; } = new(workspace, gradients, toInput: false);

    /// <summary>From log p(x|z,c) back to z.</summary>
    public DerivativeChain Decoder { get; } = new(workspace, gradients, toInput: true);

    /// <summary>From the prior's parameters, side by side, back to what they are computed from.</summary>
    public DerivativeChain Prior { get; } = new(workspace, gradients, toInput: false);

    public void Remember(LatentDistribution posterior, Tensor epsilon, PriorComparison comparison) =>
        (_posterior, _epsilon, _comparison) = (posterior, epsilon, comparison);

    public void Remember(PriorDensity density) => _density = density;

    /// <summary>Takes down codes drawn from the prior, and answers the chain from their log p(x|z,c) back to them.</summary>
    public DerivativeChain Remember(PriorDraws draws)
    {
        _draws = draws;
        return _decoderOfDraws = new(workspace, gradients, toInput: true);
    }

    public void Back(TermGradients terms)
    {
        if (terms.FromPrior is { } toDraws)
            _draws!.Back(_decoderOfDraws!.Back(toDraws * Number(-1.0 / Draws))!);
        var toCode = Decoder.Back(ToLogDensity(terms))!;
        var toRatio = ToLogRatio(terms);
        if (toRatio is not null)
            toCode = toCode.Plus(_density!.Back(toRatio));
        var toPosterior = _posterior!.SampleGradient(_epsilon!, toCode);
        if (toRatio is not null)
            toPosterior = toPosterior.Plus(_posterior.LogDensityOfSampleGradient(-toRatio));
        if (terms.KullbackLeibler is { } toDivergence && HasClosedForm)
            toPosterior = toPosterior.Plus(_comparison!.Back(toDivergence));
        if (terms.Relative is { } toRelative)
            toPosterior = toPosterior.Plus(_comparison!.BackFromRelative!(toRelative));
        Encoder.Back(toPosterior);
    }

    private long Draws => _epsilon!.dim() == 3 ? _epsilon.shape[0] : 1;

    private bool HasClosedForm => _comparison!.KullbackLeibler is not null;

    /// <summary>The gradient of log p(z|c) - log q(z|x,c) of each draw, in their shape, or null where the loss contains neither.</summary>
    private Tensor? ToLogRatio(TermGradients terms)
    {
        if (terms.KullbackLeibler is not { } toDivergence || HasClosedForm)
            return terms.LogWeights;
        // Its mean over the draws, with the sign turned, is the divergence by Monte Carlo.
        var ofEach = (toDivergence * Number(-1.0 / Draws)).expand(_epsilon!.shape[^2], 1).squeeze(-1).expand_as(_density!.LogDensity);
        return terms.LogWeights is { } toWeights ? toWeights.Plus(ofEach) : ofEach;
    }

    /// <summary>The gradient of log p(x|z,c) of each draw, in a shape that broadcasts to theirs.</summary>
    private Tensor ToLogDensity(TermGradients terms)
    {
        var ofMean = terms.Reconstruction is { } toReconstruction ? toReconstruction * Number(-1.0 / Draws) : null;
        return terms.LogWeights is not { } toWeights ? ofMean! : ofMean is null ? toWeights : toWeights.Plus(ofMean);
    }
}
