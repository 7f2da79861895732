using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The transpose of <see cref="Convolution"/>: doubles height and width to exactly the sizes that were halved, odd ones too.
/// </summary>
internal sealed class TransposedConvolution : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    private readonly long[] _outputPadding;

    public TransposedConvolution(int inputs, int outputs, int height, int width, WeightNoise noise)
        : base(nameof(TransposedConvolution))
    {
        const int kernel = Convolution.KernelSize;
        var fanIn = outputs * kernel * kernel;
        _weight = Initialization.Uniform([inputs, outputs, kernel, kernel], fanIn, noise);
        _bias = Initialization.Uniform([outputs], fanIn, noise);
        // From n the layer reaches 2n - 1, plus one where the target is even.
        _outputPadding = [1 - height % 2, 1 - width % 2];
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
    }

    public override Tensor forward(Tensor input) => nn.functional.conv_transpose2d(
        input, _weight, _bias, strides: [2, 2], padding: [1, 1], output_padding: _outputPadding);
}
