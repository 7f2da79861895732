using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The answer of an autoencoder's encoder: all mass on one point. It has no density, so its divergence from any prior is infinite, and the
/// KL term of a model that uses it is not defined.
/// </summary>
/// <param name="mean">The point, <c>[batch, latent]</c>.</param>
public sealed class PointMass(Tensor mean) : LatentDistribution(mean)
{
    /// <summary>The point itself, whatever the noise.</summary>
    /// <inheritdoc/>
    public override Tensor Sample(Tensor epsilon)
    {
        ArgumentNullException.ThrowIfNull(epsilon);
        return Mean.expand(epsilon.shape);
    }

    internal override Tensor LogDensityOfSample(Tensor epsilon) => throw new InvalidOperationException("A point has no density.");

    internal override Tensor LogDensityOfSampleGradient(Tensor gradient) => throw new InvalidOperationException("A point has no density.");

    internal override Tensor SampleGradient(Tensor epsilon, Tensor gradient) => OverDraws(gradient);
}
