using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The beta-TCVAE of Chen et al. (2018) with their alpha = gamma = 1: the averaged KL is the sum of the index-code mutual information, the
/// total correlation and the dimension-wise KL, and the weight beta is on the total correlation alone: w_r · (-E_q[log p(x|z,c)]) + KL +
/// (beta - 1) · TC, with the KL in closed form and TC as <see cref="TotalCorrelation"/> estimates it. All of it in the prior's own
/// coordinates, so that a condition that moves the prior does not count as correlation. For beta = 1 it is the evidence lower bound.
/// </summary>
internal sealed class BetaTotalCorrelationObjective : Objective
{
    public override bool AuxiliaryDependsOnBatch => true;

    public override void Validate(ObjectiveOptions options)
    {
        if (options.FreeBits != 0 || options.Samples != 1)
        {
            throw new SettingsException(
                "The objective 'beta-tc' takes neither FreeBits nor several Samples: it estimates over the batch of BatchSize examples.");
        }
    }

    public override Tensor Auxiliary(BoundTerms terms) => terms.Latents
        .Select(latent => latent is { HasKl: true, Posterior: DiagonalGaussian posterior, Prior: DiagonalGaussian prior }
            ? TotalCorrelation.Estimate(posterior.RelativeTo(prior), latent.Noise)
            : throw new MissingTermException(
                "a Gaussian posterior under a Gaussian prior", "choose the Prior 'standard', or another Objective"))
        .Aggregate((sum, each) => sum.Plus(each));

    public override Tensor Loss(MeanTerms terms, TermWeights weights) =>
        (terms.Reconstruction * Number(weights.Reconstruction)).Plus(terms.Kl).Plus(terms.Auxiliary * Number(weights.Kl - 1));
}
