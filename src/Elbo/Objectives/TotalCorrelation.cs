using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The total correlation of the average of q over a batch, in the prior's own coordinates u: KL(q(u) || Π_j q(u_j)) with q(u) = 1/M Σ_m
/// q(u|x_m,c_m), estimated at a draw u_i from the posterior of each example: log q(u_i) - Σ_j log q(u_ij). It is the minibatch-weighted
/// sampling of Chen et al. (2018) without the term (D - 1) log N of its constant, N the size of the data, which has no gradient; like
/// theirs it is biased, and falls as the batch grows.
/// </summary>
internal static class TotalCorrelation
{
    /// <summary>The estimate at a draw of each example, <c>[batch]</c>.</summary>
    /// <param name="posterior">The posteriors, in the prior's own coordinates.</param>
    /// <param name="epsilon">The noise of the draws, <c>[batch, latent]</c>.</param>
    public static Tensor Estimate(DiagonalGaussian posterior, Tensor epsilon)
    {
        var logs = LogDensities(posterior, posterior.Sample(epsilon));
        var (examples, dimensions) = (logs.shape[0], logs.shape[2]);
        var joint = logs.sum(-1).logsumexp(1);
        var product = logs.logsumexp(1).sum(-1);
        // log 1/M once in the joint density, and once for each dimension in the product.
        return (joint - product).Plus((dimensions - 1) * Math.Log(examples));
    }

    /// <summary>log q(u_ij|x_m) of draws under every posterior of the batch, <c>[draws, examples, latent]</c>.</summary>
    private static Tensor LogDensities(DiagonalGaussian posterior, Tensor draws)
    {
        var offset = draws.unsqueeze(1) - posterior.Mean;
        var deviation = posterior.LogVariance is null ? null : (posterior.LogVariance * Number(-0.5)).exp();
        return NormalDensity.Log(deviation is null ? offset : offset * deviation, posterior.LogVariance);
    }
}
