using static TorchSharp.torch;

namespace Elbo;

/// <summary>p(z) = Σ_k w_k N(z; mu_k, diag sigma_k²) over latent codes.</summary>
/// <param name="means">mu_k, <c>[components, latent]</c>.</param>
/// <param name="logVariances">log sigma_k², in the same shape.</param>
/// <param name="logWeights">log w_k, <c>[components]</c>, whose exponentials add up to one.</param>
internal sealed class GaussianMixture(Tensor means, Tensor logVariances, Tensor logWeights)
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    /// <summary>log Σ_k w_k N(z; mu_k, diag sigma_k²), in nats.</summary>
    /// <param name="z">Codes, <c>[..., latent]</c>.</param>
    /// <returns>Log densities, <c>[...]</c>.</returns>
    public Tensor LogDensity(Tensor z)
    {
        var distances = ((z.unsqueeze(-2) - means) * (logVariances * Number(-0.5)).exp()).Squared().sum(-1);
        return (logWeights - logVariances.Plus(LogTwoPi).sum(-1) * Number(0.5) - distances * Number(0.5)).logsumexp(-1);
    }

    /// <summary>
    /// An exact draw for each row of noise, without further noise. u = Phi(epsilon_1) is uniform: the component is the one in whose share of (0, 1)
    /// it falls, and where it lies within that share is uniform again, whatever the component, and goes back to N(0, 1) by the inverse of Phi. That
    /// number and the other coordinates of the noise are the draw's place within the component. Of a single component it is mu + sigma · epsilon.
    /// </summary>
    /// <param name="epsilon">Noise from N(0, I), <c>[..., latent]</c>.</param>
    /// <returns>Codes in the same shape.</returns>
    public Tensor Sample(Tensor epsilon)
    {
        // In float64: a thousand components leave too few digits of a float32 to draw from.
        var uniform = (epsilon.select(-1, 0).to(float64) * Number(-Math.Sqrt(0.5))).erfc() * Number(0.5);
        var weights = logWeights.to(float64).softmax(0);
        var ends = weights.cumsum(0);
        var chosen = uniform.unsqueeze(-1).ge(ends.narrow(0, 0, ends.shape[0] - 1)).to(int64).sum(-1).view(-1);
        var share = weights.index_select(0, chosen).view(uniform.shape);
        var within = (uniform - ends.index_select(0, chosen).view(uniform.shape)).Plus(share) / share;
        var first = (within.clamp(Number(double.Epsilon), Number(1 - 1e-16)) * Number(2) - One).clamp(Number(-1 + 1e-16), Number(1 - 1e-16)).erfinv() * Number(Math.Sqrt(2));
        var place = cat([first.to(epsilon.dtype).unsqueeze(-1), epsilon.narrow(-1, 1, epsilon.shape[^1] - 1)], -1);
        return Of(means, chosen, epsilon).Plus((Of(logVariances, chosen, epsilon) * Number(0.5)).exp() * place);
    }

    /// <summary>Codes less the mean of the whole mixture, over its standard deviation in each dimension.</summary>
    /// <param name="z">Codes, <c>[..., latent]</c>.</param>
    /// <returns>Standardised codes in the same shape.</returns>
    public Tensor Standardize(Tensor z)
    {
        var weights = logWeights.exp().unsqueeze(-1);
        var center = (weights * means).sum(dim: 0);
        // The variance of a mixture: the mean of the variances and the variance of the means.
        var variance = (weights * logVariances.exp().Plus((means - center).Squared())).sum(dim: 0);
        return (z - center) / variance.sqrt();
    }

    /// <summary>This mixture as it stands, for what autograd is not to follow.</summary>
    public GaussianMixture Detach() => new(means.detach(), logVariances.detach(), logWeights.detach());

    private static Tensor Of(Tensor parameters, Tensor chosen, Tensor like) => parameters.index_select(0, chosen).view(like.shape);
}
