using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// p(z|c): where the latent code is drawn from. A new prior is one subclass and one line in <see cref="Priors"/>.
/// </summary>
public abstract class Prior : nn.Module
{
    private protected Prior(string name)
        : base(name)
    {
    }

    /// <summary>log p(z|c), in nats.</summary>
    /// <param name="z">Codes, <c>[..., batch, latent]</c>.</param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>Log densities, <c>[..., batch]</c>.</returns>
    public abstract Tensor LogDensity(Tensor z, Tensor? features);

    /// <summary>
    /// z from noise, an exact draw from p(z|c) where the noise is one from N(0, I): for the Gaussian priors z = mu_p(c) + sigma_p(c) · epsilon.
    /// Samples that share a style share epsilon, not z.
    /// </summary>
    /// <param name="epsilon">Noise from N(0, I), <c>[..., batch, latent]</c>.</param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>Codes in the shape of <paramref name="epsilon"/>.</returns>
    public abstract Tensor Sample(Tensor epsilon, Tensor? features);

    /// <summary>
    /// Codes in the prior's own coordinates. For the Gaussian priors they are those in which it is N(0, I), and this is the way back of
    /// <see cref="Sample"/>; for all others those in which it has mean 0 and variance 1 in each dimension.
    /// </summary>
    /// <param name="z">Codes, <c>[..., batch, latent]</c>.</param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>Standardised codes in the same shape.</returns>
    public abstract Tensor Standardize(Tensor z, Tensor? features);

    /// <summary>What the bound asks of a prior, and the way back; without a chain autograd may follow instead.</summary>
    internal abstract PriorComparison Compare(LatentDistribution posterior, Tensor? features, DerivativeChain? chain);

    /// <summary>z from noise as <see cref="Sample"/> draws it, and the way back.</summary>
    internal virtual PriorDraws Draw(Tensor epsilon, Tensor? features, DerivativeChain chain) =>
        PriorDraws.ByAutograd(() => Sample(epsilon, features));

    /// <summary>KL(q(z|x,c) || p(z|c)) in closed form, where there is one.</summary>
    /// <param name="posterior">q(z|x,c).</param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>The divergence per dimension in nats, <c>[batch, latent]</c>, or null where no closed form is known.</returns>
    public virtual Tensor? KullbackLeibler(LatentDistribution posterior, Tensor? features) => null;
}
