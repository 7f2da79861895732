using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The posterior of an autoencoder: all mass on one point. It has no density, so its divergence from any prior is infinite, and a model
/// that uses it has no KL term.
/// </summary>
/// <param name="mean">The point, <c>[batch, latent]</c>.</param>
public sealed class PointMass(Tensor mean) : LatentDistribution
{
    /// <inheritdoc/>
    public override Tensor Mean => mean;

    /// <inheritdoc/>
    public override Tensor Variance => zeros_like(mean);

    /// <inheritdoc/>
    public override bool HasDensity => false;

    /// <summary>The point itself, independent of the noise.</summary>
    /// <inheritdoc/>
    public override Tensor Sample(Tensor noise)
    {
        ArgumentNullException.ThrowIfNull(noise);
        return mean.expand(noise.shape);
    }

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor z) => throw new InvalidOperationException("A point mass has no density.");
}
