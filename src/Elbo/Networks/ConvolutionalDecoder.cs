using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// A perceptron from the code, then transposed convolutions that mirror <see cref="ConvolutionalEncoder"/>. Where the condition is part of
/// an image, it has a convolutional encoder of its own, whose output is concatenated to the code.
/// </summary>
internal sealed class ConvolutionalDecoder : Network, IGraphModule
{
    private const int DefaultConditionOutputs = 128;

    private readonly MultilayerPerceptron _stem;
    private readonly ConvolutionalEncoder? _conditionEncoder;
    private readonly int _imageFeatures;
    private readonly TransposedConvolution[] _convolutions;
    private readonly Activation _activation;
    private readonly long[] _planes;

    public ConvolutionalDecoder(NetworkLayout layout, int latentSize, NetworkOptions options, WeightNoise noise)
        : base(nameof(ConvolutionalDecoder))
    {
        _activation = Activations.Find(options.Activation);
        var shape = layout.Image;
        var count = options.Channels.Count;
        var heights = Halvings(shape.Height, count);
        var widths = Halvings(shape.Width, count);
        _planes = [-1, options.Channels[^1], heights[count], widths[count]];
        var planeValues = LayerSize.Of(options.Channels[^1], heights[count], widths[count]);
        int[] reversed = [.. options.Hidden.Reverse()];
        _imageFeatures = layout.DecoderImageFeatures;
        var conditionOutputs = layout.DecoderFeatures;
        if (_imageFeatures > 0)
        {
            conditionOutputs = options.Hidden.Count > 0 ? options.Hidden[^1] : DefaultConditionOutputs;
            _conditionEncoder = new ConvolutionalEncoder(
                layout with { EncoderFeatures = layout.DecoderFeatures - _imageFeatures }, conditionOutputs, options, noise);
            register_module("condition_encoder", _conditionEncoder);
        }

        _stem = new MultilayerPerceptron(latentSize, conditionOutputs, reversed, planeValues, options.Activation, noise);
        register_module("stem", _stem);

        _convolutions = new TransposedConvolution[count];
        for (var i = 0; i < count; i++)
        {
            var level = count - 1 - i;
            var outputs = level == 0 ? LayerSize.Of(shape.Channels, layout.ParametersPerValue) : options.Channels[level - 1];
            _convolutions[i] = new TransposedConvolution(options.Channels[level], outputs, heights[level], widths[level], noise);
            register_module($"convolution{i}", _convolutions[i]);
        }
    }

    public override Tensor forward(Tensor input, Tensor? features)
    {
        var stem = _conditionEncoder is null
            ? _stem.forward(input, features)
            : _stem.forward(cat([input, EncodeCondition(_conditionEncoder, features!)], 1), null);
        var planes = _activation.Function(stem).view(_planes);
        foreach (var convolution in _convolutions[..^1])
            planes = _activation.Function(convolution.forward(planes));
        return _convolutions[^1].forward(planes).flatten(1);
    }

    public GraphValue Describe(GraphValue input, GraphValue? features)
    {
        var stem = _conditionEncoder is null
            ? _stem.Describe(input, features)
            : _stem.Describe(input.Beside(DescribeCondition(_conditionEncoder, features!)), null);
        var planes = _activation.Describe(stem).Reshape(_planes);
        foreach (var convolution in _convolutions[..^1])
            planes = _activation.Describe(convolution.Describe(planes));
        return _convolutions[^1].Describe(planes).Flatten();
    }

    private Tensor EncodeCondition(ConvolutionalEncoder encoder, Tensor features)
    {
        var rest = features.shape[1] - _imageFeatures;
        var beside = rest == 0 ? null : features.narrow(1, _imageFeatures, rest);
        return _activation.Function(encoder.forward(features.narrow(1, 0, _imageFeatures).contiguous(), beside));
    }

    private GraphValue DescribeCondition(ConvolutionalEncoder encoder, GraphValue features)
    {
        var rest = features.Width - _imageFeatures;
        var beside = rest == 0 ? null : features.Columns(_imageFeatures, rest);
        return _activation.Describe(encoder.Describe(features.Columns(0, _imageFeatures), beside));
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
