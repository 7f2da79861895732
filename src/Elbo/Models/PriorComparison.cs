using static TorchSharp.torch;

namespace Elbo;

/// <summary>A batch of posteriors seen from the prior, and the way back where there is a chain for it.</summary>
/// <param name="KullbackLeibler">KL(q(z|x,c) || p(z|c)) per dimension, <c>[batch, latent]</c>, or null where it has no closed form.</param>
/// <param name="Coordinates">The posteriors' means in the prior's own coordinates, <c>[batch, latent]</c>.</param>
/// <param name="Back">
/// Takes the gradient of the divergences to that of the posterior's parameters, side by side, and leaves the gradients of the prior's own.
/// </param>
internal sealed record PriorComparison(Tensor? KullbackLeibler, Tensor Coordinates, Func<Tensor, Tensor> Back)
{
    /// <summary>The prior's density of draws of z, <c>[..., batch, latent]</c>, at the conditions of the batch.</summary>
    public required Func<Tensor, PriorDensity> Density { get; init; }

    /// <summary>The posteriors in the prior's own coordinates, where both are Gaussians; null elsewhere.</summary>
    public Func<DiagonalGaussian>? Relative { get; init; }

    /// <summary>As <see cref="Back"/>, from the gradient of the parameters of <see cref="Relative"/>, side by side.</summary>
    public Func<Tensor, Tensor>? BackFromRelative { get; init; }
}
