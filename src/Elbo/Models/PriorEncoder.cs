using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// No encoder: z is drawn from the prior p(z|c) in training as in use, and the network is a Gaussian stochastic one (GSNN; Sohn, Lee and Yan
/// 2015). Its only term is E_p(z|c)[-log p(x|z,c)].
/// </summary>
internal sealed class PriorEncoder : Encoder
{
    // Not the prior itself: TorchSharp would count a module in a field as this one's own, and its parameters belong to the model's prior.
    private readonly Func<Tensor?, DerivativeChain?, DiagonalGaussian> _priorAt;

    /// <exception cref="ConfigurationException">The prior is not a Gaussian.</exception>
    public PriorEncoder(Prior prior)
        : base(nameof(PriorEncoder))
    {
        var gaussian = prior as GaussianPrior ?? throw new ConfigurationException(
            "A posterior that is the prior itself needs a Gaussian one: choose --prior standard, mean or mean-variance.");
        _priorAt = (features, chain) => gaussian.At(features, chain);
    }

    public override bool SeesImage => false;

    public override LatentDistribution Encode(Tensor pixels, Tensor? features, DerivativeChain? chain = null)
    {
        var prior = _priorAt(features, chain);
        // One row stands for all where nothing depends on the condition.
        return prior.Mean.shape[0] == pixels.shape[0]
            ? prior
            : new DiagonalGaussian(prior.Mean.expand(pixels.shape[0], -1), prior.LogVariance?.expand(pixels.shape[0], -1));
    }
}
