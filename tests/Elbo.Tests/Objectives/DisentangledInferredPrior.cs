using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>
/// DIP-VAE-I of Kumar, Sattigeri and Balakrishnan (2018): the evidence lower bound and a penalty that brings the covariance of the
/// posterior means over a batch to the identity, so that the average posterior is closer to the prior. The KL weight is the weight of the
/// penalty.
/// </summary>
internal sealed class DisentangledInferredPrior : Objective
{
    public override bool AuxiliaryDependsOnBatch => true;

    public override Tensor Auxiliary(BoundTerms terms)
    {
        var means = terms.Latents[0].Posterior.Mean;
        var centered = means - means.mean([0], keepdim: true);
        var covariance = centered.t().mm(centered) / Number(means.shape[0]);
        return (covariance - eye(means.shape[1], dtype: means.dtype, device: means.device)).Squared().sum();
    }

    public override Tensor Loss(MeanTerms terms, TermWeights weights) =>
        terms.Reconstruction.Plus(terms.Kl).Plus(terms.Auxiliary * Number(weights.Kl));
}
