using static TorchSharp.torch;

namespace Elbo;

/// <summary>-log p(x|z,c) of each example and its gradient, a script each.</summary>
internal abstract class DeviceLikelihood
{
    /// <summary>The likelihood with its derivative, or null if that is not implemented.</summary>
    public static DeviceLikelihood? TryCreate(Likelihood likelihood) => likelihood switch
    {
        BernoulliLikelihood => new DeviceBernoulli(),
        GaussianLikelihood { FixedSigma: { } sigma } gaussian => new DeviceGaussian(sigma, gaussian.IsBounded),
        _ => null,
    };

    /// <summary>-log p(x|z,c) of each example, <c>[batch]</c>.</summary>
    /// <param name="output">The decoder's output.</param>
    /// <param name="x">The images.</param>
    /// <param name="mask">Zeros and ones, <c>[batch or 1, values]</c>, or null.</param>
    public Tensor Forward(Tensor output, Tensor x, Tensor? mask) =>
        mask is null ? NegativeLogDensity(output, x).sum(-1) : NegativeLogDensity(output, x).mul_(mask).sum(-1);

    /// <summary>The gradient of the decoder's output.</summary>
    /// <param name="output">The decoder's output.</param>
    /// <param name="x">The images.</param>
    /// <param name="mask">Zeros and ones, <c>[batch or 1, values]</c>, or null.</param>
    /// <param name="gradient">That of the result, a scalar: it is the same for all examples.</param>
    public Tensor Backward(Tensor output, Tensor x, Tensor? mask, Tensor gradient) =>
        mask is null ? Slope(output, x, gradient) : Slope(output, x, gradient).mul_(mask);

    /// <summary>-log p of each value.</summary>
    private protected abstract Tensor NegativeLogDensity(Tensor output, Tensor x);

    /// <summary>The derivative of -log p of each value with respect to the decoder's output, times a scalar.</summary>
    private protected abstract Tensor Slope(Tensor output, Tensor x, Tensor gradient);
}

/// <summary>-log p = log(1 + exp l) - x · l, with the derivative sigmoid(l) - x.</summary>
internal sealed class DeviceBernoulli : DeviceLikelihood
{
    // Above 40 log(1 + exp l) is l itself, to the last bit of a float64.
    private static readonly CompiledScript Script = new(
        """
        def negative_log_density(logits: Tensor, x: Tensor) -> Tensor:
            return torch.softplus(logits, 1, 40) - x * logits

        def slope(logits: Tensor, x: Tensor, gradient: Tensor) -> Tensor:
            return (torch.sigmoid(logits) - x) * gradient

        """);

    private protected override Tensor NegativeLogDensity(Tensor output, Tensor x) =>
        (Tensor)Script.Invoke("negative_log_density", output, x);

    private protected override Tensor Slope(Tensor output, Tensor x, Tensor gradient) =>
        (Tensor)Script.Invoke("slope", output, x, gradient);
}

/// <summary>
/// -log p = ½ [ log 2π + 2 log sigma + e² / sigma² ] with e = x - m: the derivative is -e / sigma² for m = output, and -e / sigma² · m ·
/// (1 - m) for m = sigmoid(output).
/// </summary>
internal sealed class DeviceGaussian(double sigma, bool isBounded) : DeviceLikelihood
{
    private static readonly CompiledScript Script = new(
        """
        def negative_log_density(output: Tensor, x: Tensor, is_bounded: bool, precision: float, constant: float) -> Tensor:
            m = output
            if is_bounded:
                m = torch.sigmoid(output)
            return (x - m) * (x - m) * (precision * 0.5) + constant

        def slope(output: Tensor, x: Tensor, gradient: Tensor, is_bounded: bool, precision: float) -> Tensor:
            if is_bounded:
                m = torch.sigmoid(output)
                return (m - x) * m * (1.0 - m) * precision * gradient
            return (output - x) * precision * gradient

        """);

    private readonly double _precision = 1 / (sigma * sigma);

    private protected override Tensor NegativeLogDensity(Tensor output, Tensor x) => (Tensor)Script.Invoke(
        "negative_log_density", output, x, isBounded, Number(_precision), Number(0.5 * NormalDensity.LogTwoPi + Math.Log(sigma)));

    private protected override Tensor Slope(Tensor output, Tensor x, Tensor gradient) =>
        (Tensor)Script.Invoke("slope", output, x, gradient, isBounded, Number(_precision));
}
