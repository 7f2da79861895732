using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Each value is normal with a mean and a sigma of its own, both answered by the decoder:
/// log p(x) = -½ [ log 2π + 2 log sigma + (x - mean)² / sigma² ]. The mean is the logistic function of the first plane, and
/// sigma = 1/256 + softplus of the second. A density may exceed one: -log p may be negative, and far below zero where pixels hardly vary.
/// </summary>
public sealed class GaussianPerPixelLikelihood() : Likelihood(nameof(GaussianPerPixelLikelihood))
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <inheritdoc/>
    public override int ParametersPerValue => 2;

    /// <summary>The sigma of each value.</summary>
    /// <param name="output">What the decoder answered, <c>[..., batch, 2 * values]</c>.</param>
    /// <returns>Standard deviations, <c>[..., batch, values]</c>.</returns>
    public Tensor Sigma(Tensor output) =>
        Planes(output).select(-2, 1).Softplus().Plus(GaussianLikelihood.MinimumLearnedSigma);

    /// <inheritdoc/>
    public override Tensor LogDensityPerValue(Tensor output, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var sigma = Sigma(output);
        return ((x - Mean(output)) / sigma).Squared() * Number(-0.5) - sigma.log() - Number(HalfLogTwoPi);
    }

    /// <inheritdoc/>
    public override Tensor Mean(Tensor output) => sigmoid(Planes(output).select(-2, 0));

    /// <inheritdoc/>
    public override Tensor Draw(Tensor output, Generator generator)
    {
        var mean = Mean(output);
        return addcmul(mean, Sigma(output), randn(mean.shape, mean.dtype, mean.device, generator: generator), One);
    }
}
