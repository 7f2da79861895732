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
    // The formula of LogDensityPerValue, in memory that is there. Above 40 log(1 + exp l) is l itself, to the last bit of a float64.
    private static readonly CompiledScript Script = new(
        """
        def log_density(logits: Tensor, x: Tensor, result: Tensor) -> int:
            torch.softplus(logits, 1, 40, out=result)
            result.neg_().addcmul_(x, logits)
            return 0

        """);

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
        return BernoulliSum.IsFaster && BernoulliSum.Serves(output, x, mask)
            ? BernoulliSum.Of(output, x, mask)
            : base.LogDensity(output, x, mask);
    }

    internal override Tensor LogDensity(Tensor output, Tensor x, Tensor? mask, DerivativeChain chain)
    {
        // d log p / d l = x - sigmoid(l), written over the logits: nobody needs them after this.
        chain.Add(gradient =>
        {
            var toOutput = output.sigmoid_().sub_(x).mul_(-gradient.unsqueeze(-1));
            return mask is null ? toOutput : toOutput.mul_(mask);
        });
        var perValue = chain.Workspace.Take(output, output.numel() / x.shape[1], x.shape[1]).view_as(output);
        Script.Invoke("log_density", output, x, perValue);
        return (mask is null ? perValue : perValue.mul_(mask)).sum(-1);
    }

    /// <inheritdoc/>
    public override Tensor Mean(Tensor output) => sigmoid(output);

    /// <inheritdoc/>
    public override Tensor Draw(Tensor output, Generator generator) => bernoulli(sigmoid(output), generator);
}
