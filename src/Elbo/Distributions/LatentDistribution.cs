using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// A distribution over latent codes z, one for each example of a batch: a posterior q(z|x,c) or a prior p(z|c). A subclass defines sampling
/// and density; a closed-form divergence is optional: without one, the KL is a Monte Carlo estimate.
/// </summary>
/// <remarks>
/// Tensors that it returns, and those that it makes on the way, belong to the dispose scope of the caller (<c>torch.NewDisposeScope()</c>).
/// Without one the caller disposes what is returned, and the rest waits for the garbage collector, which does not see how large it is.
/// </remarks>
public abstract class LatentDistribution
{
    /// <summary>Creates a distribution.</summary>
    protected LatentDistribution()
    {
    }

    /// <summary>E[z], <c>[batch or 1, latent]</c>: the point estimate of an example.</summary>
    public abstract Tensor Mean { get; }

    /// <summary>The variance of each dimension of z, in the shape of <see cref="Mean"/>.</summary>
    public abstract Tensor Variance { get; }

    /// <summary>What <see cref="Sample"/> turns into draws: normal noise (default) or uniform noise.</summary>
    public virtual NoiseKind Noise => NoiseKind.Normal;

    /// <summary>Whether the distribution has a density: false for a point mass.</summary>
    public virtual bool HasDensity => true;

    /// <summary>
    /// Turns noise into draws of z by a differentiable function of the parameters, the reparametrisation of Kingma and Welling (2014).
    /// </summary>
    /// <param name="noise">Noise of the kind <see cref="Noise"/>, <c>[batch, latent]</c> or <c>[draws, batch, latent]</c>.</param>
    /// <returns>Draws in the shape of <paramref name="noise"/>.</returns>
    public abstract Tensor Sample(Tensor noise);

    /// <summary>log density of z, in nats.</summary>
    /// <param name="z">Codes, <c>[..., batch, latent]</c>.</param>
    /// <returns>Log densities, <c>[..., batch]</c>.</returns>
    public abstract Tensor LogDensity(Tensor z);

    /// <summary>The log density of the draws that <see cref="Sample"/> makes of this noise, in nats, <c>[..., batch]</c>.</summary>
    /// <param name="noise">The noise.</param>
    /// <returns>Log densities, <c>[..., batch]</c>.</returns>
    public virtual Tensor LogDensityOfSample(Tensor noise) => LogDensity(Sample(noise));

    /// <summary>(z - mean) / deviation: codes in the coordinates in which this distribution has mean 0 and variance 1.</summary>
    /// <param name="z">Codes, <c>[..., batch, latent]</c>.</param>
    /// <returns>Standardised codes in the same shape.</returns>
    public virtual Tensor Standardize(Tensor z) => (z - Mean) / Variance.sqrt();

    /// <summary>KL(this || prior) in closed form, or null if this distribution implements none for that prior.</summary>
    /// <param name="prior">The distribution on the right.</param>
    /// <returns>The divergence in nats with its parts, <c>[..., batch, latent]</c>, or null.</returns>
    public virtual Tensor? KullbackLeibler(LatentDistribution prior) => null;

    /// <summary>KL(posterior || this) in closed form, or null; called if the posterior implements none.</summary>
    /// <param name="posterior">The distribution on the left.</param>
    /// <returns>The divergence in nats with its parts, <c>[..., batch, latent]</c>, or null.</returns>
    public virtual Tensor? KullbackLeiblerFrom(LatentDistribution posterior) => null;
}
