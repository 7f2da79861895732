using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The posterior is the prior itself, in training too: the Gaussian stochastic neural network of Sohn, Lee and Yan (2015). Its only term is
/// E_p(z|c)[-log p(x|z,c)].
/// </summary>
internal sealed class PriorEncoder : Encoder
{
    // Not the prior itself: TorchSharp would count a module in a field as this one's own, and its parameters belong to the model's prior.
    private readonly Func<Tensor?, DiagonalGaussian> _priorAt;
    private readonly Func<GraphBuilder, GraphValue?, GraphDistribution> _describePrior;

    /// <exception cref="SettingsException">The prior is not a Gaussian.</exception>
    public PriorEncoder(Prior prior)
        : base(nameof(PriorEncoder))
    {
        var gaussian = prior as GaussianPrior ?? throw new SettingsException(
            "The posterior 'prior' requires a Gaussian prior: choose the Prior 'standard', 'mean' or 'mean-variance'.");
        _priorAt = features => gaussian.At(features);
        _describePrior = gaussian.Describe;
    }

    public override bool SeesImage => false;

    public override bool IsPrior => true;

    public override LatentDistribution Encode(Tensor pixels, Tensor? features)
    {
        var prior = _priorAt(features);
        var rows = pixels.shape[0];
        return new DiagonalGaussian(prior.Mean.expand(rows, -1), prior.LogVariance?.expand(rows, -1));
    }

    public override GraphDistribution Describe(GraphValue pixels, GraphValue? features) => _describePrior(pixels.Graph, features);
}
