using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Each value is a coin: log p(x|l) = x · l - log(1 + exp l), with l the decoder's logit. On grey values this is the customary cross-entropy,
/// which is not a normalised density: it has a floor of its own (the entropy of the grey values), so figures on grey and on binarised images
/// do not compare.
/// </summary>
public sealed class BernoulliLikelihood() : Likelihood(nameof(BernoulliLikelihood))
{
    // Above this logit softplus is its argument to within float64 rounding; TorchSharp's default of 20 would cost 2e-9 a value.
    private const double SoftplusThreshold = 40;

    /// <inheritdoc/>
    public override Tensor LogDensityPerValue(Tensor output, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output * x - nn.functional.softplus(output, 1, SoftplusThreshold);
    }

    /// <inheritdoc/>
    public override Tensor Mean(Tensor output) => sigmoid(output);

    /// <inheritdoc/>
    public override Tensor Draw(Tensor output, Generator generator) => bernoulli(sigmoid(output), generator);
}
