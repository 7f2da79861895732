using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Convolutions of stride 2 with a 3 x 3 kernel, by libtorch or as products of matrices. libtorch's own kernels for the CPU (oneDNN 3.7)
/// read memory that nobody wrote on some processors, such as AMD's Zen 5, where the channels do not fill the blocks that they are padded
/// to: what they give there differs from run to run (docs/decisions/0034-convolutions.md). Whether they do is tried once for a process.
/// </summary>
internal static class ConvolutionProducts
{
    private const int Kernel = Convolution.KernelSize;
    private const double Tolerance = 1e-3;

    private static readonly (long, long) Size = (Kernel, Kernel);
    private static readonly (long, long) Stride = (2, 2);
    private static readonly (long, long) Padding = (1, 1);
    private static readonly Lazy<bool> LibTorchIsSound = new(TryLibTorch);

    /// <summary>The convolution of <c>[batch, inputs, height, width]</c> by weights <c>[outputs, inputs, 3, 3]</c>.</summary>
    public static Tensor Convolve(Tensor input, Tensor weight, Tensor bias) => UsesLibTorch(input)
        ? nn.functional.conv2d(input, weight, bias, strides: [2, 2], padding: [1, 1])
        : ConvolveByProduct(input, weight, bias);

    /// <summary>The transposed convolution of <c>[batch, inputs, height, width]</c> by weights <c>[inputs, outputs, 3, 3]</c>.</summary>
    public static Tensor Transpose(Tensor input, Tensor weight, Tensor bias, long[] outputPadding) => UsesLibTorch(input)
        ? nn.functional.conv_transpose2d(input, weight, bias, strides: [2, 2], padding: [1, 1], output_padding: outputPadding)
        : TransposeByProduct(input, weight, bias, outputPadding);

    internal static Tensor ConvolveByProduct(Tensor input, Tensor weight, Tensor bias)
    {
        var patches = nn.functional.unfold(input, Size, null, Padding, Stride);
        return matmul(weight.flatten(1), patches).Plus(bias.unsqueeze(-1))
            .view(input.shape[0], weight.shape[0], Convolution.Halve((int)input.shape[2]), Convolution.Halve((int)input.shape[3]));
    }

    internal static Tensor TransposeByProduct(Tensor input, Tensor weight, Tensor bias, long[] outputPadding)
    {
        var patches = matmul(weight.flatten(1).t(), input.flatten(2));
        var size = (2 * input.shape[2] - 1 + outputPadding[0], 2 * input.shape[3] - 1 + outputPadding[1]);
        return nn.functional.fold(patches, size, Size, null, Padding, Stride).Plus(bias.view(1, -1, 1, 1));
    }

    private static bool UsesLibTorch(Tensor input) =>
        input.device_type != DeviceType.CPU || input.dtype != float32 || LibTorchIsSound.Value;

    private static bool TryLibTorch()
    {
        using var scope = NewDisposeScope();
        using var _ = enable_grad();
        (long Inputs, long Outputs, long Size)[] shapes = [(4, 3, 2), (3, 1, 3), (24, 20, 4), (48, 16, 6), (1, 48, 6)];
        foreach (var (inputs, outputs, size) in shapes)
        {
            if (!IsSound(inputs, outputs, size))
                return false;
        }

        return true;
    }

    private static bool IsSound(long inputs, long outputs, long size)
    {
        var bias = Numbers(outputs);
        long[] more = [1, 1];
        return Agree([3, inputs, size, size], [inputs, outputs, Kernel, Kernel],
                (x, w) => nn.functional.conv_transpose2d(x, w, bias, strides: [2, 2], padding: [1, 1], output_padding: more),
                (x, w) => TransposeByProduct(x, w, bias, more))
            && Agree([3, inputs, size, size], [outputs, inputs, Kernel, Kernel],
                (x, w) => nn.functional.conv2d(x, w, bias, strides: [2, 2], padding: [1, 1]),
                (x, w) => ConvolveByProduct(x, w, bias));
    }

    // Values and gradients.
    private static bool Agree(long[] input, long[] weight, Func<Tensor, Tensor, Tensor> first, Func<Tensor, Tensor, Tensor> second)
    {
        var (left, right) = (Results(first), Results(second));
        return left.Zip(right).All(pair => (pair.First - pair.Second).abs().max().item<float>() <= Tolerance);

        Tensor[] Results(Func<Tensor, Tensor, Tensor> convolve)
        {
            var (x, w) = (Numbers(input).requires_grad_(), Numbers(weight).requires_grad_());
            LeaveNotANumbers();
            var y = convolve(x, w);
            (y * Numbers(y.shape)).sum().backward();
            return [y.detach(), x.grad!, w.grad!];
        }
    }

    // So that memory which is read before it is written is noticed: the next tensors get what these leave.
    private static void LeaveNotANumbers()
    {
        const int tensors = 200;
        const int step = 37;
        using var scope = NewDisposeScope();
        for (var i = 1; i <= tensors; i++)
            _ = full([i * step], Number(float.NaN));
    }

    private static Tensor Numbers(params long[] shape)
    {
        var numbers = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = MathF.Sin(i);
        return tensor(numbers, shape);
    }
}
