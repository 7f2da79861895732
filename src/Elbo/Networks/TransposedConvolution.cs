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

    public override Tensor forward(Tensor input) => ConvolutionProducts.Transpose(input, Weight, Bias, _outputPadding);

    /// <summary>Adds the layer to a computation graph, from <c>[batch, channels, height, width]</c>.</summary>
    public GraphValue Describe(GraphValue input) => input.Graph.Apply(
        "ConvTranspose",
        input.Type,
        [input.Shape[0], Bias.shape[0], 2 * input.Shape[2] - 1 + _outputPadding[0], 2 * input.Shape[3] - 1 + _outputPadding[1]],
        [input, input.Graph.Constant(Weight), input.Graph.Constant(Bias)],
        ("kernel_shape", new long[] { Convolution.KernelSize, Convolution.KernelSize }),
        ("strides", new long[] { 2, 2 }),
        ("pads", new long[] { 1, 1, 1, 1 }),
        ("output_padding", _outputPadding));
}
