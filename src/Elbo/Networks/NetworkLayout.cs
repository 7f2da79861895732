namespace Elbo;

/// <summary>What the networks of a model must fit: the images, and how many features of the condition each of them sees.</summary>
/// <param name="Shape">The images.</param>
/// <param name="EncoderFeatures">Features of the condition that enter the encoder; 0 without a condition.</param>
/// <param name="DecoderFeatures">Features of the condition that enter the decoder; 0 without one, or where it is switched off.</param>
/// <param name="ParametersPerValue">Numbers that the likelihood asks of the decoder for each value, as planes (<see cref="Likelihood"/>).</param>
internal sealed record NetworkLayout(ImageShape Shape, int EncoderFeatures, int DecoderFeatures, int ParametersPerValue);
