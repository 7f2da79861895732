using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <content>Using a trained model with arrays: no tensor leaves these methods.</content>
public abstract partial class GenerativeModel
{
    /// <summary>Images per forward pass in evaluation. More are not faster, and increase resident memory.</summary>
    internal const int EvaluationBatchSize = 1_000;

    private const int ChunkSize = 500;

    /// <summary>Draws images: z from the prior, then the mean of p(x|z,c), or a draw from it.</summary>
    /// <param name="count">How many images; for a model conditioned on labels and no label given, how many of each.</param>
    /// <param name="label">
    /// The label of the images. Null, for a model conditioned on labels, draws every label in turn with the same noise, so that the i-th
    /// image of each label shares its style with the i-th of the others.
    /// </param>
    /// <param name="seed">The seed of the noise: the same seed gives the same images.</param>
    /// <param name="draw">Whether pixels are drawn from p(x|z,c) instead of showing its mean.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is not positive, or is more than an array can hold.</exception>
    /// <exception cref="SettingsException">
    /// A label is given to a model without that condition, or the label does not exist.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ExampleValues Sample(
        int count, int? label = null, ulong seed = 0, bool draw = false, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (label is not null && Condition is not LabelCondition)
            throw new SettingsException(
                "A label was given, but the model is not conditioned on labels: omit the label, or train a cvae.");
        if (Condition is not (null or LabelCondition))
            throw new SettingsException("The model is not conditioned on labels alone: give examples that have the conditions.");
        IReadOnlyList<int> asked = label is { } one ? [one] : (Condition as LabelCondition)?.Labels ?? [0];
        EnsureArrayHolds(count, asked.Count, nameof(count));
        using var inference = BeginInference();
        return Condition is null
            ? Drawn(null)
            : ExampleValues.Concatenate([.. asked.Select(each => Drawn(FeaturesOf([.. Enumerable.Repeat(each, count)], count)))]);

        ExampleValues Drawn(float[]? features) => Sample(count, features, seed, draw ? seed : null, cancellationToken);
    }

    /// <summary>
    /// Draws images at the conditions of given examples: z from the prior, then the mean of p(x|z,c), or a draw from it. Pixels visible in
    /// a condition are kept.
    /// </summary>
    /// <param name="count">
    /// How many images at each condition; the i-th at one shares its noise, and so its style, with the i-th at the others.
    /// </param>
    /// <param name="conditions">Examples that have the condition; nothing else of them is used.</param>
    /// <param name="seed">The seed of the noise: the same seed gives the same images.</param>
    /// <param name="draw">Whether pixels are drawn from p(x|z,c) instead of showing its mean.</param>
    /// <param name="binarize">Whether grey pixels become zeros and ones first; null for as the model was trained.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    /// <returns>The images at the first condition, then those at the second, and so on.</returns>
    /// <exception cref="SettingsException">The model has no condition.</exception>
    /// <exception cref="InputException">The examples lack the condition.</exception>
    /// <exception cref="ArgumentException">
    /// The conditions are null, their values do not fit the model, or the count is not positive or makes more images than an array can
    /// hold.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ExampleValues Sample(
        int count,
        ExampleSet conditions,
        ulong seed = 0,
        bool draw = false,
        Binarization? binarize = null,
        CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentNullException.ThrowIfNull(conditions);
        EnsureArrayHolds(count, conditions.Count, nameof(count));
        using var inference = BeginInference();
        var rows = FeaturesOf(conditions, binarize, seed, cancellationToken);
        var width = rows.Length / conditions.Count;
        return ExampleValues.Concatenate([.. Enumerable.Range(0, conditions.Count).Select(condition =>
        {
            var repeated = Repeat(rows.AsSpan(condition * width, width), count);
            var drawSeed = draw ? RandomStream.Derive(seed, RandomPurpose.Drawing, condition) : (ulong?)null;
            return Sample(count, repeated, seed, drawSeed, cancellationToken);
        })]);
    }

    /// <summary>The terms of the bound for each example: the anomaly score and its parts.</summary>
    /// <param name="data">The examples.</param>
    /// <param name="samples">Draws of z over which the reconstruction is averaged.</param>
    /// <param name="seed">The seed of the noise.</param>
    /// <param name="binarize">Whether grey pixels become zeros and ones first; null for as the model was trained.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    /// <returns>One score per example, in their order.</returns>
    /// <exception cref="InputException">The examples lack the condition.</exception>
    /// <exception cref="ArgumentException">
    /// The examples are null, their values do not fit the model, or the number of draws is not positive or more than one pass can hold.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<ExampleScore> Score(
        ExampleSet data,
        int samples = 1,
        ulong seed = 0,
        Binarization? binarize = null,
        CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples, MaxDraws);
        var scores = new List<ExampleScore>(data.Count);
        ForEachBatch(data, binarize, seed, (batch, _) =>
        {
            // The noise of a split's evaluation, so that the mean of the scores is its figure.
            var terms = Terms(batch, EvaluationNoise(batch, samples, seed));
            var reconstruction = terms.Reconstruction.to(float64).cpu().data<double>().ToArray();
            var kl = terms.KlTerms.Count == 0 ? null : terms.KlTerms.Select(term => term.Parts.to(float64).sum(-1))
                .Aggregate((sum, term) => sum.Plus(term)).cpu().data<double>().ToArray();
            scores.AddRange(reconstruction.Select((value, index) => new ExampleScore(value + kl?[index], value, kl?[index])));
        }, cancellationToken, Math.Max(1, MaxBatchSize(EvaluationBatchSize) / samples));
        return scores;
    }

    /// <summary>The draws of an example that one pass can hold.</summary>
    internal int MaxDraws => Array.MaxLength / Math.Max(Likelihood.OutputSize(Shape), Math.Max(1, LatentSize));

    /// <summary>The noise of a step of a training, as a training with this seed draws it.</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="samples">Draws of each latent variable for an example.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="epoch">The epoch in a training; it may count steps where there are no epochs.</param>
    /// <returns>The noise, whose tensors belong to the dispose scope in which they were made, or to the caller.</returns>
    public Noise TrainingNoise(Batch batch, int samples, ulong seed, long epoch)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(batch);
        return Noise.Draw(LatentGroups, new NoiseStream(seed, RandomPurpose.Noise, epoch), batch.Indices.Span, samples, batch.Values);
    }

    /// <summary>The noise for evaluating terms, which is always the same for an example and a seed.</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="samples">Draws of each latent variable for an example.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The noise, whose tensors belong to the dispose scope in which they were made, or to the caller.</returns>
    public Noise EvaluationNoise(Batch batch, int samples, ulong seed)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(batch);
        return Noise.Draw(
            LatentGroups, new NoiseStream(seed, RandomPurpose.EvaluationNoise), batch.Indices.Span, samples, batch.Values);
    }

    /// <summary>The features of the conditions of some examples, as the networks get them.</summary>
    /// <param name="conditions">The examples.</param>
    /// <param name="binarize">How grey values become zeros and ones; null for as in the training of the model.</param>
    /// <param name="seed">The seed of the binarisation.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>One row for each example, <c>[examples, features]</c>.</returns>
    /// <exception cref="SettingsException">The model has no condition.</exception>
    /// <exception cref="InputException">An example lacks the condition.</exception>
    public float[] FeaturesOf(
        ExampleSet conditions, Binarization? binarize = null, ulong seed = 0, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(conditions);
        if (Condition is not { } condition)
            throw new SettingsException("Conditions were given, but the model has none: omit them.");
        EnsureArrayHolds(conditions.Count, 1, nameof(conditions));
        var rows = new float[conditions.Count * condition.FeatureCount];
        ForEachBatch(
            conditions,
            binarize,
            seed,
            (batch, start) => CopyTo(batch.Features!, rows, start * condition.FeatureCount),
            cancellationToken);
        return rows;
    }

    /// <summary>Images as input to the model, and the same with hidden pixels in middle grey.</summary>
    /// <exception cref="SettingsException">The condition has no visible part of the image.</exception>
    internal (ExampleValues Truth, ExampleValues Visible) Masked(
        ExampleSet pictures, Binarization? binarize, ulong seed, CancellationToken cancellationToken = default)
    {
        if (Condition is not { ImageFeatureCount: > 0 } condition)
            throw new SettingsException("The model is not conditioned on part of an image, so it has nothing to complete.");
        var (truth, visible) = (new float[pictures.Count * Shape.Size], new float[pictures.Count * Shape.Size]);
        ForEachBatch(pictures, binarize, seed, (batch, start) =>
        {
            CopyTo(batch.Values, truth, start * Shape.Size);
            var shown = VisiblePart.Overlay(condition, full_like(batch.Values, Number(0.5)), batch.Features!);
            CopyTo(shown, visible, start * Shape.Size);
        }, cancellationToken);
        return (new ExampleValues(Shape, truth), new ExampleValues(Shape, visible));
    }

    /// <summary>Renders images chunk by chunk.</summary>
    /// <param name="count">The number of images.</param>
    /// <param name="features">The condition's features, a row per image, or null without one.</param>
    /// <param name="toOutput">From first row, number of rows and their features to the parameters of p(x|z,c).</param>
    /// <param name="drawSeed">The seed by which images are drawn from p(x|z,c); null for its mean.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    private protected ExampleValues Render(
        int count,
        float[]? features,
        Func<int, int, Tensor?, Tensor> toOutput,
        ulong? drawSeed,
        CancellationToken cancellationToken = default)
    {
        var width = features is null ? 0 : features.Length / count;
        var values = new float[count * Shape.Size];
        var chunkSize = MaxBatchSize(ChunkSize);
        using var inference = BeginInference();
        using var _ = no_grad();
        for (var start = 0; start < count; start += chunkSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var size = Math.Min(chunkSize, count - start);
            var condition = features is null ? null : ToTensor(features.AsSpan(start * width, size * width), size, width);
            var output = toOutput(start, size, condition);
            var images = drawSeed is { } seed ? Likelihood.Draw(output, Uniform(seed)) : Likelihood.Mean(output);
            CopyTo(condition is null ? images : VisiblePart.Overlay(Condition!, images, condition), values, start * Shape.Size);

            Tensor Uniform(ulong seed) =>
                new NoiseStream(seed, RandomPurpose.Drawing).Uniform(Rows(start, size), Shape.Size, 1, CurrentDevice);
        }

        return InUnits(values);
    }

    private ExampleValues Sample(
        int count, float[]? features, ulong seed, ulong? drawSeed, CancellationToken cancellationToken) => Render(
        count,
        features,
        (start, size, condition) => Generate(condition, Noise.Draw(
            LatentGroups, new NoiseStream(seed, RandomPurpose.Sampling), Rows(start, size), 1, parameters().First())),
        drawSeed,
        cancellationToken);

    /// <summary>Rejects a number of examples for whose values, codes or features no array is large enough.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No array can hold them.</exception>
    internal void EnsureArrayHolds(int count, int times, string parameter)
    {
        var size = Math.Max(Math.Max(Shape.Size, LatentSize), Condition?.FeatureCount ?? 0);
        var most = Array.MaxLength / size / times;
        if (count > most)
        {
            throw new ArgumentOutOfRangeException(
                parameter, count, $"{(long)count * times} examples of {Shape} are more than an array can hold: ask for at most {most}.");
        }
    }

    /// <summary>Values in the units of the data, of values as the model sees them.</summary>
    private protected ExampleValues InUnits(float[] values) =>
        Standardization is null ? new ExampleValues(Shape, values) : ExampleValues.FromDoubles(Shape, Standardization.Invert(values));

    // Copied: a product of matrices depends in its last bit on where they begin in memory, and an array may begin anywhere.
    private protected Tensor ToTensor(ReadOnlySpan<float> numbers, int rows, int columns) => columns == 0
        ? zeros(rows, 0, float32, CurrentDevice)
        : tensor(numbers.ToArray(), [rows, columns], float32).to(CurrentDevice).clone();

    private protected float[]? FeaturesOf(IReadOnlyList<int>? labels, int count)
    {
        if (labels is null && Condition is null)
            return null;
        if (Condition is not LabelCondition condition || labels is null)
        {
            throw new SettingsException(labels is null
                ? "The model has a condition: give one for each image."
                : "Labels were given, but the model is not conditioned on labels.");
        }

        if (labels.Count != count)
            throw new SettingsException($"{labels.Count} labels were given for {count} images: one for each is needed.");
        return condition.FeaturesOf([.. labels]);
    }

    private protected void ForEachBatch(
        ExampleSet data,
        Binarization? binarize,
        ulong seed,
        Action<Batch, int> use,
        CancellationToken cancellationToken,
        int batchSize = ChunkSize,
        [CallerArgumentExpression(nameof(data))] string? parameter = null)
    {
        using var inference = BeginInference();
        EnsureFits(data, parameter);
        var reader = Reader(data, binarize ?? Binarization, seed, RandomPurpose.EvaluationBinarization);
        using var _ = no_grad();
        for (var start = 0; start < data.Count; start += batchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            use(reader.Slice(start, Math.Min(batchSize, data.Count - start)), start);
        }
    }

    private protected static void CopyTo(Tensor source, float[] values, int offset) =>
        source.to(float32).cpu().contiguous().data<float>().ToArray().CopyTo(values, offset);

    private static long[] Rows(int start, int count) => [.. Enumerable.Range(start, count).Select(row => (long)row)];

    private static float[] Repeat(ReadOnlySpan<float> row, int count)
    {
        var rows = new float[checked(row.Length * count)];
        for (var i = 0; i < count; i++)
            row.CopyTo(rows.AsSpan(i * row.Length));
        return rows;
    }
}
