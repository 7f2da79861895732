using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The transpose of <see cref="Convolution"/>: doubles height and width to exactly the sizes that were halved, odd ones too.
/// </summary>
internal sealed class TransposedConvolution(int inputs, int outputs, int height, int width, WeightNoise noise) : AffineLayer(
    nameof(TransposedConvolution),
    [inputs, outputs, Convolution.KernelSize, Convolution.KernelSize],
    outputs,
    (long)outputs * Convolution.KernelSize * Convolution.KernelSize,
    noise)
{
    // From n the layer reaches 2n - 1, plus one if the target is even.
    private readonly long[] _outputPadding = [1 - height % 2, 1 - width % 2];

    public override Tensor forward(Tensor input) => nn.functional.conv_transpose2d(
        input, Weight, Bias, strides: [2, 2], padding: [1, 1], output_padding: _outputPadding);
}
