namespace Elbo;

/// <summary>The sizes of the inputs and outputs of the networks of a model.</summary>
/// <param name="Shape">The images.</param>
/// <param name="EncoderFeatures">Features of the condition that enter the encoder beside the image; 0 without a condition.</param>
/// <param name="DecoderFeatures">Features of the condition that enter the decoder; 0 without one, or where it is switched off.</param>
/// <param name="DecoderImageFeatures">How many of the first of these form an image.</param>
/// <param name="ParametersPerValue">Decoder outputs for each value, as planes: see <see cref="Likelihood"/>.</param>
internal sealed record NetworkLayout(
    ImageShape Shape, int EncoderFeatures, int DecoderFeatures, int DecoderImageFeatures, int ParametersPerValue);
