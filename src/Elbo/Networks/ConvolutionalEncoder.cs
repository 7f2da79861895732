using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Convolutions that halve an image of any size step by step, then a perceptron in which the condition's features join what they found.
/// </summary>
internal sealed class ConvolutionalEncoder : Network
{
    private readonly Convolution[] _convolutions;
    private readonly MultilayerPerceptron _head;
    private readonly Activation _activation;
    private readonly long[] _planes;

    public ConvolutionalEncoder(NetworkLayout layout, int outputs, NetworkOptions options, Generator generator)
        : base(nameof(ConvolutionalEncoder))
    {
        var shape = layout.Shape;
        _planes = [-1, shape.Channels, shape.Height, shape.Width];
        _activation = Activations.Find(options.Activation);
        _convolutions = new Convolution[options.Channels.Count];
        var (channels, height, width) = (shape.Channels, shape.Height, shape.Width);
        for (var i = 0; i < _convolutions.Length; i++)
        {
            _convolutions[i] = new Convolution(channels, options.Channels[i], generator);
            register_module($"convolution{i}", _convolutions[i]);
            (channels, height, width) = (options.Channels[i], Convolution.Halve(height), Convolution.Halve(width));
        }

        _head = new MultilayerPerceptron(
            channels * height * width, layout.EncoderFeatures, options.Hidden, outputs, options.Activation, generator);
        register_module("head", _head);
    }

    public override Tensor Forward(Tensor input, Tensor? features, DerivativeChain? chain)
    {
        var planes = input.view(_planes);
        if (chain is { NextPassesOn: true })
            chain.Add(gradient => gradient.flatten(1));
        foreach (var convolution in _convolutions)
            planes = _activation.Forward(convolution.Forward(planes, chain), chain);
        var shape = planes.shape;
        chain?.Add(gradient => gradient.reshape(shape));
        return _head.Forward(planes.flatten(1), features, chain);
    }
}
