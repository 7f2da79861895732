using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Convolutions that halve an image of any size step by step, then a perceptron, to whose input the condition's features are concatenated.
/// </summary>
internal sealed class ConvolutionalEncoder : Network, IGraphModule
{
    private readonly Convolution[] _convolutions;
    private readonly MultilayerPerceptron _head;
    private readonly Activation _activation;
    private readonly long[] _planes;

    public ConvolutionalEncoder(NetworkLayout layout, int outputs, NetworkOptions options, WeightNoise noise)
        : base(nameof(ConvolutionalEncoder))
    {
        var shape = layout.Image;
        _planes = [-1, shape.Channels, shape.Height, shape.Width];
        _activation = Activations.Find(options.Activation);
        _convolutions = new Convolution[options.Channels.Count];
        var (channels, height, width) = (shape.Channels, shape.Height, shape.Width);
        for (var i = 0; i < _convolutions.Length; i++)
        {
            _convolutions[i] = new Convolution(channels, options.Channels[i], noise);
            register_module($"convolution{i}", _convolutions[i]);
            (channels, height, width) = (options.Channels[i], Convolution.Halve(height), Convolution.Halve(width));
        }

        _head = new MultilayerPerceptron(
            LayerSize.Of(channels, height, width), layout.EncoderFeatures, options.Hidden, outputs, options.Activation, noise);
        register_module("head", _head);
    }

    public override Tensor forward(Tensor input, Tensor? features)
    {
        var planes = input.view(_planes);
        foreach (var convolution in _convolutions)
            planes = _activation.Function(convolution.forward(planes));
        return _head.forward(planes.flatten(1), features);
    }

    public GraphValue Describe(GraphValue input, GraphValue? features)
    {
        var planes = input.Reshape(_planes);
        foreach (var convolution in _convolutions)
            planes = _activation.Describe(convolution.Describe(planes));
        return _head.Describe(planes.Flatten(), features);
    }
}
