using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>A 3 by 3 convolution that halves height and width, rounding up.</summary>
internal sealed class Convolution : nn.Module<Tensor, Tensor>
{
    public const int KernelSize = 3;

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    public Convolution(int inputs, int outputs, WeightNoise noise)
        : base(nameof(Convolution))
    {
        var fanIn = inputs * KernelSize * KernelSize;
        _weight = Initialization.Uniform([outputs, inputs, KernelSize, KernelSize], fanIn, noise);
        _bias = Initialization.Uniform([outputs], fanIn, noise);
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
    }

    public static int Halve(int size) => (size + 1) / 2;

    public override Tensor forward(Tensor input) =>
        nn.functional.conv2d(input, _weight, _bias, strides: [2, 2], padding: [1, 1]);
}
