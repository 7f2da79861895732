using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Each value is normal with a mean and a sigma of its own, both output by the decoder:
/// log p(x) = -½ [ log 2π + 2 log sigma + (x - mean)² / sigma² ]. The mean is the first plane, or for
/// values in 0..1, such as pixels, the logistic function of it, and sigma = 1/256 + softplus of the second. A density may exceed one: -log
/// p may be negative, and far below zero where pixels hardly vary.
/// </summary>
/// <param name="isBounded">Whether the mean stays in 0..1, as the logistic function of the decoder's output.</param>
public sealed class GaussianPerPixelLikelihood(bool isBounded = true) : Likelihood(nameof(GaussianPerPixelLikelihood))
{
    /// <inheritdoc/>
    public override int ParametersPerValue => 2;

    /// <summary>The sigma of each value.</summary>
    /// <param name="output">The decoder's output, <c>[..., batch, 2 * values]</c>.</param>
    /// <returns>Standard deviations, <c>[..., batch, values]</c>.</returns>
    public Tensor Sigma(Tensor output) =>
        Planes(output).select(-2, 1).Softplus().Plus(GaussianLikelihood.MinimumLearnedSigma);

    /// <inheritdoc/>
    public override Tensor LogDensityPerValue(Tensor output, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var sigma = Sigma(output);
        return NormalDensity.Log((x - Mean(output)) / sigma, sigma.log() * Number(2));
    }

    /// <inheritdoc/>
    public override Tensor Mean(Tensor output)
    {
        var mean = Planes(output).select(-2, 0);
        return isBounded ? sigmoid(mean) : mean;
    }

    /// <inheritdoc/>
    public override Tensor Draw(Tensor output, Tensor uniform)
    {
        ArgumentNullException.ThrowIfNull(uniform);
        return addcmul(Mean(output), Sigma(output), uniform.NormalQuantile(), One);
    }

    /// <inheritdoc/>
    public override GraphValue DescribeMean(GraphValue output) => isBounded ? Plane(output, 0).Sigmoid() : Plane(output, 0);

    /// <inheritdoc/>
    public override GraphValue DescribeLogDensityPerValue(GraphValue output, GraphValue x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var sigma = Plane(output, 1).Softplus() + GaussianLikelihood.MinimumLearnedSigma;
        return NormalDensity.Log((x - DescribeMean(output)) / sigma, sigma.Log() * 2);
    }
}
