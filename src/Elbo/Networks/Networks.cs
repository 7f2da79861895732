using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The network families by name: each builds an encoder's network and a decoder's network. The names are what
/// <see cref="NetworkOptions.Kind"/>, configurations and <c>--network</c> take, without case. The methods may be called from any thread.
/// </summary>
public static class Networks
{
    /// <summary>Fully connected layers.</summary>
    public const string Perceptron = "mlp";

    /// <summary>Convolutions followed by a perceptron, for images.</summary>
    public const string Convolutional = "conv";

    private static readonly Registry<NetworkFamily> Registry = new("network")
    {
        [Perceptron] = new(
            (layout, outputs, options, noise) => new MultilayerPerceptron(
                layout.Shape.Size, layout.EncoderFeatures, options.Hidden, outputs, options.Activation, noise),
            (layout, latentSize, options, noise) => new MultilayerPerceptron(
                latentSize, layout.DecoderFeatures, [.. options.Hidden.Reverse()], layout.OutputSize, options.Activation, noise)),
        [Convolutional] = new(
            (layout, outputs, options, noise) => new ConvolutionalEncoder(layout, outputs, options, noise),
            (layout, latentSize, options, noise) => new ConvolutionalDecoder(layout, latentSize, options, noise)),
    };

    /// <summary>All names, in the order of registration.</summary>
    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>The name as it was registered, of one that may differ in case.</summary>
    /// <exception cref="SettingsException">There is no such name.</exception>
    internal static string NameOf(string name) => Registry.NameOf(name);

    /// <summary>Registers a family of networks of your own, once, before the first model that names it.</summary>
    /// <param name="name">Its name: letters, digits and hyphens.</param>
    /// <param name="family">Builds the networks.</param>
    /// <exception cref="ArgumentException">The name is taken or not possible.</exception>
    public static void Register(string name, NetworkFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        Registry.Register(name, family);
    }

    internal static NetworkFamily Find(string name) => Registry.Find(name);
}

/// <summary>
/// Builds the network of an encoder, from values to <c>size</c> outputs, or of a decoder, from codes of that size to values.
/// </summary>
/// <param name="layout">The sizes of inputs and outputs.</param>
/// <param name="size">The outputs of an encoder, or the inputs of a decoder.</param>
/// <param name="options">The shape of the network.</param>
/// <param name="noise">What initial weights are drawn from.</param>
/// <returns>The network.</returns>
public delegate Network NetworkBuilder(
    NetworkLayout layout, int size, NetworkOptions options, WeightNoise noise);

/// <summary>One family of networks.</summary>
/// <param name="BuildEncoder">Builds the network of an encoder.</param>
/// <param name="BuildDecoder">Builds the network of a decoder.</param>
public sealed record NetworkFamily(NetworkBuilder BuildEncoder, NetworkBuilder BuildDecoder);
