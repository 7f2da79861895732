using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Each value is a Bernoulli variable: log p(x|l) = x · l - log(1 + exp l), with l the decoder's logit. On grey values this is the
/// customary cross-entropy, which is not a normalised density: it has a floor of its own (the entropy of the grey values), so values on
/// grey and on binarised images are not comparable.
/// </summary>
public sealed class BernoulliLikelihood() : Likelihood(nameof(BernoulliLikelihood))
{
    /// <inheritdoc/>
    public override (double Min, double Max)? Support => (0, 1);

    /// <inheritdoc/>
    public override Tensor LogDensityPerValue(Tensor output, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(x);
        return addcmul((-output).log_sigmoid(), x, output, One);
    }

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor output, Tensor x, Tensor? mask = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(x);
        return BernoulliSum.IsFaster && BernoulliSum.Supports(output, x, mask)
            ? BernoulliSum.Of(output, x, mask)
            : base.LogDensity(output, x, mask);
    }

    /// <inheritdoc/>
    public override Tensor Mean(Tensor output) => sigmoid(output);

    /// <inheritdoc/>
    public override Tensor Draw(Tensor output, Tensor uniform)
    {
        ArgumentNullException.ThrowIfNull(uniform);
        return uniform.lt(sigmoid(output)).to(output.dtype);
    }

    /// <inheritdoc/>
    public override GraphValue DescribeMean(GraphValue output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.Sigmoid();
    }

    /// <inheritdoc/>
    public override GraphValue DescribeLogDensityPerValue(GraphValue output, GraphValue x)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(x);
        return x * output + (-output).LogSigmoid();
    }
}
