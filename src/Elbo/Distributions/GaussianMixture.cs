using static TorchSharp.torch;

namespace Elbo;

/// <summary>p(z) = Σ_k w_k N(z; mu_k, diag sigma_k²) over latent codes.</summary>
/// <param name="means">mu_k, <c>[components, latent]</c>.</param>
/// <param name="logVariances">log sigma_k², in the same shape.</param>
/// <param name="logWeights">log w_k, <c>[components]</c>, whose exponentials add up to one.</param>
internal sealed class GaussianMixture(Tensor means, Tensor logVariances, Tensor logWeights) : LatentDistribution
{
    /// <inheritdoc/>
    public override Tensor Mean => (Weights * means).sum(dim: 0, keepdim: true);

    // The variance of a mixture: the mean of the variances and the variance of the means.
    /// <inheritdoc/>
    public override Tensor Variance => (Weights * logVariances.exp().Plus((means - Mean).Squared())).sum(dim: 0, keepdim: true);

    /// <summary>log Σ_k w_k N(z; mu_k, diag sigma_k²), in nats.</summary>
    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor z)
    {
        var squares = ((z.unsqueeze(-2) - means) * (logVariances * Number(-0.5)).exp()).Squared().sum(-1);
        var normalizers = logVariances.Plus(NormalDensity.LogTwoPi).sum(-1);
        return (logWeights - squares.Plus(normalizers) * Number(0.5)).logsumexp(-1);
    }

    /// <summary>
    /// An exact draw for each row of noise, without further noise. u = Phi(noise_1) is uniform: the component is the one whose interval of
    /// (0, 1) contains u; the position within that interval is uniform again, and is mapped back to N(0, 1) by the inverse of Phi. This
    /// number and the other coordinates of the noise give the draw within the component. For a single component it is mu + sigma · noise.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Sample(Tensor noise)
    {
        // In float64: with a thousand components the digits of a float32 do not suffice.
        var uniform = (noise.select(-1, 0).to(float64) * Number(-Math.Sqrt(0.5))).erfc() * Number(0.5);
        var weights = logWeights.to(float64).softmax(0);
        var ends = weights.cumsum(0);
        var chosen = uniform.unsqueeze(-1).ge(ends.narrow(0, 0, ends.shape[0] - 1)).to(int64).sum(-1).view(-1);
        var share = weights.index_select(0, chosen).view(uniform.shape);
        var within = (uniform - ends.index_select(0, chosen).view(uniform.shape)).Plus(share) / share;
        var first = within.clamp(Number(1e-16), Number(1 - 1e-16)).NormalQuantile();
        var place = cat([first.to(noise.dtype).unsqueeze(-1), noise.narrow(-1, 1, noise.shape[^1] - 1)], -1);
        return Of(means, chosen, noise).Plus((Of(logVariances, chosen, noise) * Number(0.5)).exp() * place);
    }

    private Tensor Weights => logWeights.exp().unsqueeze(-1);

    private static Tensor Of(Tensor parameters, Tensor chosen, Tensor like) => parameters.index_select(0, chosen).view(like.shape);
}
