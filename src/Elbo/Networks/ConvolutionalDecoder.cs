using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The way back of <see cref="ConvolutionalEncoder"/>: a perceptron from the code, then transposed convolutions. Where the condition shows part
/// of the image, convolutions of their own look at that, and what they find joins the code.
/// </summary>
internal sealed class ConvolutionalDecoder : Network
{
    private const int FoundWithoutHidden = 128;

    private readonly MultilayerPerceptron _stem;
    private readonly ConvolutionalEncoder? _sight;
    private readonly int _imageFeatures;
    private readonly TransposedConvolution[] _convolutions;
    private readonly Activation _activation;
    private readonly long[] _planes;

    public ConvolutionalDecoder(NetworkLayout layout, int latentSize, NetworkOptions options, Generator generator)
        : base(nameof(ConvolutionalDecoder))
    {
        _activation = Activations.Find(options.Activation);
        var shape = layout.Shape;
        var count = options.Channels.Count;
        var heights = Halvings(shape.Height, count);
        var widths = Halvings(shape.Width, count);
        _planes = [-1, options.Channels[^1], heights[count], widths[count]];
        var planeValues = options.Channels[^1] * heights[count] * widths[count];
        int[] reversed = [.. options.Hidden.Reverse()];
        _imageFeatures = layout.DecoderImageFeatures;
        var found = layout.DecoderFeatures;
        if (_imageFeatures > 0)
        {
            found = options.Hidden.Count > 0 ? options.Hidden[^1] : FoundWithoutHidden;
            _sight = new ConvolutionalEncoder(
                layout with { EncoderFeatures = layout.DecoderFeatures - _imageFeatures }, found, options, generator);
            register_module("sight", _sight);
        }

        _stem = new MultilayerPerceptron(latentSize, found, reversed, planeValues, options.Activation, generator);
        register_module("stem", _stem);

        _convolutions = new TransposedConvolution[count];
        for (var i = 0; i < count; i++)
        {
            var level = count - 1 - i;
            var outputs = level == 0 ? shape.Channels * layout.ParametersPerValue : options.Channels[level - 1];
            _convolutions[i] = new TransposedConvolution(options.Channels[level], outputs, heights[level], widths[level], generator);
            register_module($"convolution{i}", _convolutions[i]);
        }
    }

    public override Tensor Forward(Tensor input, Tensor? features, DerivativeChain? chain)
    {
        var stem = _sight is null ? _stem.Forward(input, features, chain) : _stem.Forward(See(input, features!, chain), null, chain);
        var planes = _activation.Forward(stem, chain).view(_planes);
        chain?.Add(gradient => gradient.flatten(1));
        for (var i = 0; i < _convolutions.Length - 1; i++)
            planes = _activation.Forward(_convolutions[i].Forward(planes, chain), chain);
        var output = _convolutions[^1].Forward(planes, chain);
        var shape = output.shape;
        chain?.Add(gradient => gradient.reshape(shape));
        return output.flatten(1);
    }

    /// <summary>The code and what is found in the image that the condition shows, side by side.</summary>
    private Tensor See(Tensor input, Tensor features, DerivativeChain? chain)
    {
        var aside = chain?.Aside();
        var rest = features.shape[1] - _imageFeatures;
        var beside = rest == 0 ? null : features.narrow(1, _imageFeatures, rest);
        var found = _activation.Forward(_sight!.Forward(features.narrow(1, 0, _imageFeatures).contiguous(), beside, aside), aside);
        var codes = input.shape[1];
        chain?.Add(gradient =>
        {
            aside!.Back(gradient.narrow(1, codes, gradient.shape[1] - codes).contiguous());
            return gradient.narrow(1, 0, codes);
        });
        return cat([input, found], 1);
    }

    private static int[] Halvings(int size, int count)
    {
        var sizes = new int[count + 1];
        sizes[0] = size;
        for (var i = 0; i < count; i++)
            sizes[i + 1] = Convolution.Halve(sizes[i]);
        return sizes;
    }
}
