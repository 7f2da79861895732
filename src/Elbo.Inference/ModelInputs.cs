namespace Elbo.Inference;

/// <summary>
/// What a model is asked about, example by example: each method of <see cref="InferenceModel"/> says which of them it reads. What a model
/// does not take may be left out.
/// </summary>
public readonly ref struct ModelInputs
{
    /// <summary>
    /// Values x, <c>[batch, values]</c>: pictures channel by channel and row by row from 0 for dark to 1 for bright, or rows in the units
    /// of the data. A number that is none makes the results of that example NaN.
    /// </summary>
    public ReadOnlySpan<float> Values { get; init; }

    /// <summary>Pictures as bytes, in place of <see cref="Values"/>: 0 for dark and 255 for bright.</summary>
    public ReadOnlySpan<byte> Pixels { get; init; }

    /// <summary>
    /// Values of which a part is the condition, <c>[batch, values]</c>, where there is no x; what is hidden is not read, and may be NaN.
    /// </summary>
    public ReadOnlySpan<float> Visible { get; init; }

    /// <summary>The label of each example.</summary>
    public ReadOnlySpan<int> Labels { get; init; }

    /// <summary>The attributes of each example in the units of the data, <c>[batch, attributes]</c>.</summary>
    public ReadOnlySpan<double> Attributes { get; init; }

    /// <summary>Codes z, <c>[batch, latent]</c>.</summary>
    public ReadOnlySpan<float> Codes { get; init; }

    /// <summary>Draws of N(0, I) that make a code, <c>[batch, latent]</c>.</summary>
    public ReadOnlySpan<float> Epsilon { get; init; }
}
