using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>The network families by name: each builds an encoder's body and a decoder's body.</summary>
internal static class Networks
{
    public const string Default = "mlp";

    private static readonly Registry<NetworkFamily> Registry = new("network")
    {
        [Default] = new(
            (layout, outputs, options, noise) => new MultilayerPerceptron(
                layout.Shape.Size, layout.EncoderFeatures, options.Hidden, outputs, options.Activation, noise),
            (layout, latentSize, options, noise) => new MultilayerPerceptron(
                latentSize, layout.DecoderFeatures, [.. options.Hidden.Reverse()], layout.OutputSize, options.Activation, noise)),
        ["conv"] = new(
            (layout, outputs, options, noise) => new ConvolutionalEncoder(layout, outputs, options, noise),
            (layout, latentSize, options, noise) => new ConvolutionalDecoder(layout, latentSize, options, noise)),
    };

    public static IReadOnlyCollection<string> Names => Registry.Names;

    public static NetworkFamily Find(string name) => Registry.Find(name);
}

/// <summary>
/// Builds the body of an encoder, from images to <c>size</c> outputs, or of a decoder, from codes of that size to images.
/// </summary>
internal delegate Network NetworkBuilder(
    NetworkLayout layout, int size, NetworkOptions options, WeightNoise noise);

/// <summary>One family of networks.</summary>
internal sealed record NetworkFamily(NetworkBuilder BuildEncoder, NetworkBuilder BuildDecoder);
