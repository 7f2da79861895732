namespace Elbo;

/// <summary>The sizes of the inputs and outputs of the networks of a model.</summary>
/// <param name="Shape">The values.</param>
/// <param name="EncoderFeatures">Features of the condition that enter the encoder beside the value; 0 without a condition.</param>
/// <param name="DecoderFeatures">Features of the condition that enter the decoder; 0 without one, or where it is switched off.</param>
/// <param name="DecoderImageFeatures">How many of the first of these form an image.</param>
/// <param name="ParametersPerValue">Decoder outputs for each number, as planes: see <see cref="Likelihood"/>.</param>
/// <param name="OutputSize">All decoder outputs: see <see cref="Likelihood.OutputSize"/>.</param>
public sealed record NetworkLayout(
    ValueShape Shape, int EncoderFeatures, int DecoderFeatures, int DecoderImageFeatures, int ParametersPerValue, int OutputSize)
{
    /// <summary>The shape of the images, for a network of convolutions.</summary>
    /// <exception cref="SettingsException">The values are no images.</exception>
    public ImageShape Image => Shape.RequireImage("A network of convolutions");

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(NetworkLayout), PrintMembers);
}
