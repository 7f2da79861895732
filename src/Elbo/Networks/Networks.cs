using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>The network families a configuration can name: each builds an encoder's body and a decoder's body.</summary>
internal static class Networks
{
    public const string Default = "mlp";

    private static readonly Registry<NetworkFamily> Registry = new("network")
    {
        [Default] = new(
            (layout, outputs, options, generator) => new MultilayerPerceptron(
                layout.Shape.Pixels, layout.EncoderFeatures, options.Hidden, outputs, options.Activation, generator),
            (layout, latentSize, options, generator) => new MultilayerPerceptron(
                latentSize, layout.DecoderFeatures, [.. options.Hidden.Reverse()], layout.Shape.Pixels * layout.ParametersPerValue,
                options.Activation, generator)),
        ["conv"] = new(
            (layout, outputs, options, generator) => new ConvolutionalEncoder(layout, outputs, options, generator),
            (layout, latentSize, options, generator) => new ConvolutionalDecoder(layout, latentSize, options, generator)),
    };

    public static IReadOnlyCollection<string> Names => Registry.Names;

    public static NetworkFamily Find(string name) => Registry.Find(name);
}

/// <summary>Builds the body of an encoder, from images to <c>size</c> outputs, or of a decoder, from codes of that size to images.</summary>
internal delegate Network NetworkBuilder(
    NetworkLayout layout, int size, NetworkOptions options, Generator generator);

/// <summary>One family of networks.</summary>
internal sealed record NetworkFamily(NetworkBuilder BuildEncoder, NetworkBuilder BuildDecoder);
