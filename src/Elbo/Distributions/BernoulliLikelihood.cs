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
    /// <inheritdoc/>
    public override Tensor LogDensityPerValue(Tensor output, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(x);
        // One operation: the sum written out makes nine passes over the image.
        return -nn.functional.binary_cross_entropy_with_logits(output, x.expand_as(output), reduction: nn.Reduction.None);
    }

    internal override Tensor LogDensity(Tensor output, Tensor x, DerivativeChain chain)
    {
        // d log p / d l = x - sigmoid(l), written over the logits: nobody needs them after this.
        chain.Add(gradient => output.sigmoid_().sub_(x).mul_(-gradient.unsqueeze(-1)));
        return LogDensity(output, x);
    }

    /// <inheritdoc/>
    public override Tensor Mean(Tensor output) => sigmoid(output);

    /// <inheritdoc/>
    public override Tensor Draw(Tensor output, Generator generator) => bernoulli(sigmoid(output), generator);
}
