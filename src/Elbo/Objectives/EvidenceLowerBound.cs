using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The negative evidence lower bound with its two weights: w_r · (-E_q[log p(x|z,c)]) + beta · Σ_j max(lambda, KL_j), the KL_j averaged
/// over the batch (Kingma and Welling 2014; beta is that of Higgins et al. 2017, w_r that of the form L = -KL + beta · E[log p(x|z)];
/// lambda are the free bits of Kingma et al. 2016).
/// </summary>
internal sealed class EvidenceLowerBound : Objective
{
    public override Tensor Loss(MeanTerms terms, TermWeights weights)
    {
        var kl = weights.FreeBits > 0 ? terms.KlPerDimension.clamp_min(Number(weights.FreeBits)).sum() : terms.Kl;
        return (terms.Reconstruction * Number(weights.Reconstruction)).Plus(kl * Number(weights.Kl));
    }

    public override double? EffectiveBeta(TermWeights weights) =>
        weights.FreeBits > 0 ? null : weights.Kl / weights.Reconstruction;
}
