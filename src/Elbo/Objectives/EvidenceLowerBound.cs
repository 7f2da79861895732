using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The negative evidence lower bound with its two weights:
/// w_r · (-E_q[log p(x|z,c)]) + w_k · Σ_j max(lambda, KL_j), the KL_j averaged over the batch (Kingma and Welling 2014; w_k is the beta of
/// Higgins et al. 2017, w_r that of the form L = -KL + beta · E[log p(x|z)]; lambda are the free bits of Kingma et al. 2016).
/// </summary>
internal sealed class EvidenceLowerBound : Objective
{
    public override void Validate(ObjectiveOptions options, bool modelHasKullbackLeibler)
    {
        if (!modelHasKullbackLeibler)
            throw new ConfigurationException("This model has no KL term: train it with --objective reconstruction.");
    }

    public override Tensor Loss(BoundTerms terms, TermWeights weights)
    {
        var perDimension = terms.KullbackLeibler!.mean([0]);
        if (weights.FreeBits > 0)
            perDimension = perDimension.clamp_min(Number(weights.FreeBits));
        return (terms.Reconstruction.mean() * Number(weights.Reconstruction)).Plus(perDimension.sum() * Number(weights.Kl));
    }

    public override TermGradients Gradient(BoundTerms terms, TermWeights weights)
    {
        var toDivergence = OfMean(terms, weights.Kl);
        if (weights.FreeBits > 0)
            toDivergence = toDivergence * terms.KullbackLeibler!.mean([0]).ge(Number(weights.FreeBits));
        return new TermGradients(OfMean(terms, weights.Reconstruction), toDivergence);
    }

    public override double Loss(double reconstruction, IReadOnlyList<double>? klPerDimension, double ownTerm, TermWeights weights) =>
        weights.Reconstruction * reconstruction + weights.Kl * klPerDimension!.Sum(kl => Math.Max(weights.FreeBits, kl));

    // With free bits part of the KL costs nothing, and the loss is no weighted sum of the terms.
    public override double? EffectiveBeta(TermWeights weights) => weights.FreeBits > 0 ? null : weights.Kl / weights.Reconstruction;
}
