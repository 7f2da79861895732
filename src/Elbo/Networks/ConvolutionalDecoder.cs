using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>The way back of <see cref="ConvolutionalEncoder"/>: a perceptron from the code, then transposed convolutions.</summary>
internal sealed class ConvolutionalDecoder : Network
{
    private readonly MultilayerPerceptron _stem;
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
        _stem = new MultilayerPerceptron(latentSize, layout.DecoderFeatures, reversed, planeValues, options.Activation, generator);
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
        var planes = _activation.Forward(_stem.Forward(input, features, chain), chain).view(_planes);
        chain?.Add(gradient => gradient.flatten(1));
        for (var i = 0; i < _convolutions.Length - 1; i++)
            planes = _activation.Forward(_convolutions[i].Forward(planes, chain), chain);
        var output = _convolutions[^1].Forward(planes, chain);
        var shape = output.shape;
        chain?.Add(gradient => gradient.reshape(shape));
        return output.flatten(1);
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
