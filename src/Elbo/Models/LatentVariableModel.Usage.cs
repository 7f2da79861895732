using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <content>Codes in arrays: encoding, decoding, and sampling from given noise.</content>
public sealed partial class LatentVariableModel
{
    /// <summary>Decodes given codes to the mean of p(x|z,c) at the conditions of given examples.</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="conditions">An example for each code.</param>
    /// <param name="binarize">Whether grey pixels become zeros and ones first; null for as the model was trained.</param>
    /// <param name="seed">The seed of a dynamic binarisation.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    /// <returns>One image per code.</returns>
    /// <exception cref="SettingsException">The codes do not fit the model, or the numbers of codes and examples differ.</exception>
    /// <exception cref="InputException">The examples lack the condition.</exception>
    /// <exception cref="ArgumentException">
    /// Codes or conditions are null, a code is not finite, the values of the conditions do not fit the model, or the codes are more than an
    /// array of images can hold.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ExampleValues Decode(
        LatentCodes codes,
        ExampleSet conditions,
        Binarization? binarize = null,
        ulong seed = 0,
        CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(conditions);
        EnsureDecodable(codes);
        if (codes.Count != conditions.Count)
            throw new SettingsException($"{conditions.Count} conditions were given for {codes.Count} codes: one for each is needed.");
        using var inference = BeginInference();
        return Decode(codes, FeaturesOf(conditions, binarize, seed, cancellationToken), cancellationToken);
    }

    /// <summary>Decodes given codes to the mean of p(x|z,c).</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="labels">The label of each code, for a model conditioned on labels; else null.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    /// <returns>One image per code.</returns>
    /// <exception cref="SettingsException">The labels do not fit the model or the codes.</exception>
    /// <exception cref="ArgumentException">
    /// The codes are null, not finite, or more than an array of images can hold.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ExampleValues Decode(
        LatentCodes codes, IReadOnlyList<int>? labels = null, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(codes);
        EnsureDecodable(codes);
        return Decode(codes, FeaturesOf(labels, codes.Count), cancellationToken);
    }

    /// <summary>The posterior mean of each example: its embedding.</summary>
    /// <param name="data">The examples.</param>
    /// <param name="binarize">Whether grey pixels become zeros and ones first; null for as the model was trained.</param>
    /// <param name="seed">The seed of a dynamic binarisation.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    /// <returns>One code per example, in their order.</returns>
    /// <exception cref="SettingsException">The model infers no codes from images.</exception>
    /// <exception cref="InputException">The examples lack the condition.</exception>
    /// <exception cref="ArgumentException">
    /// The examples are null, their values do not fit the model, or they are more than an array can hold.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public LatentCodes Encode(
        ExampleSet data, Binarization? binarize = null, ulong seed = 0, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(data);
        if (!InfersCode)
            throw new SettingsException("The model infers no codes from images, so it cannot encode.");
        EnsureArrayHolds(data.Count, 1, nameof(data));
        var values = new float[data.Count * LatentSize];
        ForEachBatch(
            data,
            binarize,
            seed,
            (batch, start) => CopyTo(Encode(batch.Values, batch.Features).Mean, values, start * LatentSize),
            cancellationToken);
        return new LatentCodes(LatentSize, values);
    }

    /// <summary>Encodes examples to their posterior means and decodes those to the mean of p(x|z,c).</summary>
    /// <inheritdoc
    ///     cref="Encode(ExampleSet, Binarization?, ulong, CancellationToken)"
    ///     path="/param | /exception[@cref!='T:Elbo.SettingsException']"/>
    /// <returns>One image per example, in their order.</returns>
    public ExampleValues Reconstruct(
        ExampleSet data, Binarization? binarize = null, ulong seed = 0, CancellationToken cancellationToken = default)
    {
        return Reconstruct(data, binarize, seed, (posterior, _) => posterior.Mean, cancellationToken);
    }

    /// <summary>
    /// Encodes examples, draws one code from each posterior, and decodes those to the mean of p(x|z,c): what one draw of the bound
    /// compares the example with.
    /// </summary>
    /// <param name="data">The examples.</param>
    /// <param name="noiseSeed">The seed of the draws, which are those of an evaluation with this seed.</param>
    /// <param name="binarize">Whether grey pixels become zeros and ones first; null for as the model was trained.</param>
    /// <param name="seed">The seed of a dynamic binarisation.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    /// <inheritdoc cref="Encode(ExampleSet, Binarization?, ulong, CancellationToken)" path="/exception"/>
    /// <returns>One image per example, in their order.</returns>
    public ExampleValues ReconstructSampled(
        ExampleSet data,
        ulong noiseSeed,
        Binarization? binarize = null,
        ulong seed = 0,
        CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        if (!InfersCode)
            throw new SettingsException("The model infers no codes from images, so it cannot encode.");
        return Reconstruct(
            data,
            binarize,
            seed,
            (posterior, batch) => posterior.Sample(EvaluationNoise(batch, samples: 1, noiseSeed)[0]),
            cancellationToken);
    }

    /// <summary>Generates from given noise, so that it can be shared between conditions.</summary>
    /// <param name="epsilon">epsilon, <c>[count, latent]</c>: each code is the prior's mean plus its deviation times epsilon.</param>
    /// <param name="labels">The label of each row; null for a model without that condition.</param>
    /// <param name="seed">The seed of draws from p(x|z,c).</param>
    /// <param name="draw">Whether to draw from p(x|z,c) rather than to take its mean.</param>
    /// <returns>One value for each row.</returns>
    /// <exception cref="ArgumentException">The noise is not rows of the code's size, or there are more or fewer labels.</exception>
    public ExampleValues Sample(float[] epsilon, IReadOnlyList<int>? labels, ulong seed, bool draw)
    {
        var count = RowsOf(epsilon, labels?.Count);
        return FromNoise(count, epsilon, FeaturesOf(labels, count), draw ? seed : null);
    }

    /// <summary>Generates from given noise and rows of features, for mixtures of conditions.</summary>
    /// <param name="epsilon">epsilon, <c>[count, latent]</c>.</param>
    /// <param name="features">The features of the conditions, <c>[count, features]</c>; null for a model without a condition.</param>
    /// <returns>The mean of p(x|z,c) for each row.</returns>
    /// <exception cref="ArgumentException">The noise is not rows of the code's size, or there are more or fewer features.</exception>
    public ExampleValues Sample(float[] epsilon, float[]? features)
    {
        var count = RowsOf(epsilon, features?.Length / Condition?.FeatureCount);
        EnsureFeatures(features, count);
        return FromNoise(count, epsilon, features, null);
    }

    /// <summary>Decodes given codes and rows of features, for mixtures of conditions.</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="features">The features of the conditions, <c>[count, features]</c>; null for a model without a condition.</param>
    /// <param name="cancellationToken">Ends the decoding.</param>
    /// <returns>The mean of p(x|z,c) for each code.</returns>
    /// <exception cref="SettingsException">The codes have another size.</exception>
    /// <exception cref="ArgumentException">A code is not finite, or there are more or fewer features.</exception>
    public ExampleValues Decode(LatentCodes codes, float[]? features, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(codes);
        EnsureDecodable(codes);
        EnsureFeatures(features, codes.Count);
        return Render(
            codes.Count,
            features,
            (start, size, condition) =>
                Decode(ToTensor(codes.Values.Span.Slice(start * LatentSize, size * LatentSize), size, LatentSize), condition),
            null,
            cancellationToken);
    }

    /// <summary>
    /// Noise from N(0, I), <c>[count, latent]</c>: that of <see cref="GenerativeModel.Sample(int, int?, ulong, bool, CancellationToken)"/>.
    /// </summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The noise, row by row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative, or too many for an array.</exception>
    public float[] Epsilon(int count, ulong seed)
    {
        ThrowIfDisposed();
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        EnsureArrayHolds(count, 1, nameof(count));
        var noise = new float[count * LatentSize];
        long[] rows = [.. Enumerable.Range(0, count).Select(row => (long)row)];
        new NoiseStream(seed, RandomPurpose.Sampling).Normals(noise, rows, LatentSize);
        return noise;
    }

    private ExampleValues FromNoise(int count, float[] epsilon, float[]? features, ulong? drawSeed) => Render(
        count,
        features,
        (start, size, condition) => Generate(condition, ToTensor(epsilon.AsSpan(start * LatentSize, size * LatentSize), size, LatentSize)),
        drawSeed);

    // Without latent dimensions the array is empty, so its rows cannot be counted.
    private int RowsOf(float[] epsilon, int? conditions)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(epsilon);
        if (LatentSize > 0 && epsilon.Length % LatentSize != 0)
            throw new ArgumentException($"{epsilon.Length} numbers are no rows of {LatentSize}, the size of a code.", nameof(epsilon));
        return LatentSize > 0 ? epsilon.Length / LatentSize : conditions ?? 0;
    }

    private void EnsureFeatures(float[]? features, int rows)
    {
        var needed = (long)rows * (Condition?.FeatureCount ?? 0);
        if ((features?.Length ?? 0) != needed)
            throw new ArgumentException($"{needed} features are needed for {rows} rows, not {features?.Length ?? 0}.", nameof(features));
    }

    private ExampleValues Reconstruct(
        ExampleSet data,
        Binarization? binarize,
        ulong seed,
        Func<LatentDistribution, Batch, Tensor> code,
        CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(data);
        EnsureArrayHolds(data.Count, 1, nameof(data));
        var values = new float[data.Count * Shape.Size];
        ForEachBatch(data, binarize, seed, (batch, start) =>
        {
            var features = batch.Features;
            var mean = Likelihood.Mean(Decode(code(Encode(batch.Values, features), batch), features));
            CopyTo(features is null ? mean : VisiblePart.Overlay(Condition!, mean, features), values, start * Shape.Size);
        }, cancellationToken);
        return InUnits(values);
    }

    private void EnsureDecodable(LatentCodes codes)
    {
        if (codes.Size != LatentSize)
            throw new SettingsException($"The codes have {codes.Size} dimensions, but the model's have {LatentSize}.");
        EnsureArrayHolds(codes.Count, 1, nameof(codes));
        var values = codes.Values.Span;
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new ArgumentException($"Dimension {i % codes.Size} of code {i / codes.Size} is {values[i]}.", nameof(codes));
        }
    }
}
