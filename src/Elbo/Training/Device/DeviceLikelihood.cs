using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// -log p(x|z,c) of each example and its gradient, in memory of a workspace; tensors that are no longer needed are overwritten.
/// </summary>
internal abstract class DeviceLikelihood
{
    private protected Tensor Output { get; private set; } = null!;

    private protected Tensor X { get; private set; } = null!;

    private Tensor? Mask { get; set; }

    /// <summary>The likelihood with its derivative, or null if that is not implemented.</summary>
    public static DeviceLikelihood? TryCreate(Likelihood likelihood) => likelihood switch
    {
        BernoulliLikelihood => new DeviceBernoulli(),
        GaussianLikelihood { FixedSigma: { } sigma } gaussian => new DeviceGaussian(sigma, gaussian.IsBounded),
        _ => null,
    };

    /// <summary>-log p(x|z,c) of each example, <c>[batch]</c>.</summary>
    /// <param name="output">The decoder's output, which is overwritten by the backward pass.</param>
    /// <param name="x">The images.</param>
    /// <param name="mask">Zeros and ones, <c>[batch or 1, values]</c>, or null.</param>
    /// <param name="workspace">Provides the memory.</param>
    public Tensor Forward(Tensor output, Tensor x, Tensor? mask, Workspace workspace)
    {
        (Output, X, Mask) = (output, x, mask);
        var perValue = NegativeLogDensity(workspace.Take(output, output.shape[0], output.shape[1]));
        return (mask is null ? perValue : perValue.mul_(mask)).sum(-1);
    }

    /// <summary>The gradient of the decoder's output from that of the result, which is the same for all examples.</summary>
    public Tensor Backward(Tensor gradient)
    {
        var slope = Slope().mul_(gradient);
        return Mask is null ? slope : slope.mul_(Mask);
    }

    /// <summary>-log p of each value, written into <paramref name="result"/>.</summary>
    private protected abstract Tensor NegativeLogDensity(Tensor result);

    /// <summary>The derivative of -log p of each value with respect to the decoder's output.</summary>
    private protected abstract Tensor Slope();
}

/// <summary>-log p = log(1 + exp l) - x · l, with the derivative sigmoid(l) - x.</summary>
internal sealed class DeviceBernoulli : DeviceLikelihood
{
    // Above 40 log(1 + exp l) is l itself, to the last bit of a float64.
    private static readonly CompiledScript Script = new(
        """
        def negative_log_density(logits: Tensor, x: Tensor, result: Tensor) -> int:
            torch.softplus(logits, 1, 40, out=result)
            result.addcmul_(x, logits, value=-1)
            return 0

        """);

    private protected override Tensor NegativeLogDensity(Tensor result)
    {
        Script.Invoke("negative_log_density", Output, X, result);
        return result;
    }

    private protected override Tensor Slope() => Output.sigmoid_().sub_(X);
}

/// <summary>
/// -log p = ½ [ log 2π + 2 log sigma + e² / sigma² ] with e = x - m: the derivative is -e / sigma² for m = output, and -e / sigma² · m ·
/// (1 - m) for m = sigmoid(output).
/// </summary>
internal sealed class DeviceGaussian(double sigma, bool isBounded) : DeviceLikelihood
{
    private Tensor? _error;

    private protected override Tensor NegativeLogDensity(Tensor result)
    {
        _error = result.copy_(X).sub_(isBounded ? Output.sigmoid_() : Output);
        return (_error.Squared() * Number(0.5 / (sigma * sigma))).add_(Number(0.5 * NormalDensity.LogTwoPi + Math.Log(sigma)), One);
    }

    private protected override Tensor Slope() =>
        (isBounded ? addcmul(Output, Output, Output, Number(-1)).mul_(_error!) : _error!).mul_(Number(-1 / (sigma * sigma)));
}
