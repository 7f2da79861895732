using static TorchSharp.torch;

namespace Elbo;

/// <summary>A 3 by 3 convolution that halves height and width, rounding up.</summary>
internal sealed class Convolution(int inputs, int outputs, WeightNoise noise) : AffineLayer(
    nameof(Convolution), [outputs, inputs, KernelSize, KernelSize], outputs, (long)inputs * KernelSize * KernelSize, noise)
{
    public const int KernelSize = 3;

    public static int Halve(int size) => (size + 1) / 2;

    public override Tensor forward(Tensor input) => nn.functional.conv2d(input, Weight, Bias, strides: [2, 2], padding: [1, 1]);
}
