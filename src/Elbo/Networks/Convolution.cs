using static TorchSharp.torch;

namespace Elbo;

/// <summary>A 3 by 3 convolution that halves height and width, rounding up.</summary>
internal sealed class Convolution(int inputs, int outputs, WeightNoise noise) : AffineLayer(
    nameof(Convolution), [outputs, inputs, KernelSize, KernelSize], outputs, (long)inputs * KernelSize * KernelSize, noise)
{
    public const int KernelSize = 3;

    public static int Halve(int size) => (size + 1) / 2;

    public override Tensor forward(Tensor input) => ConvolutionProducts.Convolve(input, Weight, Bias);

    /// <summary>Adds the layer to a computation graph, from <c>[batch, channels, height, width]</c>.</summary>
    public GraphValue Describe(GraphValue input) => input.Graph.Apply(
        "Conv",
        input.Type,
        [input.Shape[0], Bias.shape[0], Halve((int)input.Shape[2]), Halve((int)input.Shape[3])],
        [input, input.Graph.Constant(Weight), input.Graph.Constant(Bias)],
        ("kernel_shape", new long[] { KernelSize, KernelSize }), ("strides", new long[] { 2, 2 }), ("pads", new long[] { 1, 1, 1, 1 }));
}
