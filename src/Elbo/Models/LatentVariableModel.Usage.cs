using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <content>A trained model at work, on plain memory: no tensor leaves these methods.</content>
public sealed partial class LatentVariableModel
{
    private const int ChunkSize = 500;

    /// <summary>Draws images: z from the prior, then the mean of p(x|z,c), or a draw from it.</summary>
    /// <param name="count">How many images; for a model conditioned on labels and no label given, how many of each.</param>
    /// <param name="label">
    /// The label asked for. Null, for a model conditioned on labels, draws every label in turn with the same noise, so that the i-th image of
    /// each label shares its style with the i-th of the others.
    /// </param>
    /// <param name="seed">The seed of the noise: the same seed gives the same images.</param>
    /// <param name="draw">Whether pixels are drawn from p(x|z,c) instead of showing its mean.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ConfigurationException">A label is given to a model without that condition, or there is no such label.</exception>
    public Images Sample(int count, int? label = null, ulong seed = 0, bool draw = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (label is not null && Condition is not LabelCondition)
            throw new ConfigurationException("A label was asked for, but the model is not conditioned on labels: leave the label out, or train a cvae.");
        if (Condition is null)
            return Generate(count, Epsilon(count, seed), null, Prior.Sample, draw ? seed : null);
        if (Condition is not LabelCondition labels)
            throw new ConfigurationException("The model is not conditioned on labels alone: name examples whose conditions are to be taken.");
        int[] asked = label is { } one ? [one] : [.. Enumerable.Range(0, labels.Count)];
        var epsilon = Epsilon(count, seed);
        return Images.Concatenate([.. asked.Select(each => Sample(epsilon, [.. Enumerable.Repeat(each, count)], seed, draw))]);
    }

    /// <summary>
    /// Draws images at the conditions of given examples: z from the prior, then the mean of p(x|z,c), or a draw from it. What a condition
    /// shows of an image is kept.
    /// </summary>
    /// <param name="count">How many images at each condition; the i-th at one shares its noise, and so its style, with the i-th at the others.</param>
    /// <param name="conditions">Examples that have the condition; of the rest of them nothing is seen.</param>
    /// <param name="seed">The seed of the noise: the same seed gives the same images.</param>
    /// <param name="draw">Whether pixels are drawn from p(x|z,c) instead of showing its mean.</param>
    /// <param name="binarize">Whether grey pixels become zeros and ones first, as they did when the model was trained.</param>
    /// <returns>The images at the first condition, then those at the second, and so on.</returns>
    /// <exception cref="ConfigurationException">The model has no condition.</exception>
    /// <exception cref="DataException">The examples do not fit the model.</exception>
    public Images Sample(
        int count, ImageDataset conditions, ulong seed = 0, bool draw = false, Binarization binarize = Binarization.None)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentNullException.ThrowIfNull(conditions);
        var epsilon = Epsilon(count, seed);
        var rows = FeaturesOf(conditions, binarize, seed);
        var width = rows.Length / conditions.Count;
        return Images.Concatenate([.. Enumerable.Range(0, conditions.Count).Select(condition =>
        {
            var repeated = Repeat(rows.AsSpan(condition * width, width), count);
            return Generate(count, epsilon, repeated, Prior.Sample, draw ? RandomStream.Derive(seed, RandomPurpose.Drawing, condition) : null);
        })]);
    }

    /// <summary>Decodes given codes to the mean of p(x|z,c) at the conditions of given examples.</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="conditions">An example for each code.</param>
    /// <param name="binarize">Whether grey pixels become zeros and ones first, as they did when the model was trained.</param>
    /// <param name="seed">The seed of a dynamic binarisation.</param>
    /// <returns>One image per code.</returns>
    /// <exception cref="ConfigurationException">The codes do not fit the model, or there is not one example for each.</exception>
    /// <exception cref="DataException">The examples do not fit the model.</exception>
    public Images Decode(LatentCodes codes, ImageDataset conditions, Binarization binarize = Binarization.None, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(conditions);
        RequireSize(codes);
        return codes.Count == conditions.Count
            ? Decode(codes, FeaturesOf(conditions, binarize, seed))
            : throw new ConfigurationException($"{conditions.Count} conditions were given for {codes.Count} codes: one for each is needed.");
    }

    /// <summary>Decodes given codes to the mean of p(x|z,c).</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="labels">The label of each code, for a model conditioned on labels; else null.</param>
    /// <returns>One image per code.</returns>
    /// <exception cref="ConfigurationException">The labels do not fit the model or the codes.</exception>
    public Images Decode(LatentCodes codes, IReadOnlyList<int>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(codes);
        RequireSize(codes);
        return Decode(codes, FeaturesOf(labels, codes.Count));
    }

    /// <summary>The posterior mean of each example: its embedding.</summary>
    /// <param name="data">The examples.</param>
    /// <param name="binarize">Whether grey pixels become zeros and ones first, as they did when the model was trained.</param>
    /// <param name="seed">The seed of a dynamic binarisation.</param>
    /// <returns>One code per example, in their order.</returns>
    /// <exception cref="ConfigurationException">The model infers no codes from images.</exception>
    /// <exception cref="DataException">The examples do not fit the model.</exception>
    public LatentCodes Encode(ImageDataset data, Binarization binarize = Binarization.None, ulong seed = 0)
    {
        if (!InfersCode)
            throw new ConfigurationException("The model infers no codes from images: there are none to encode.");
        var values = new float[checked(data.Count * LatentSize)];
        ForEachBatch(data, binarize, seed, (batch, start) =>
            CopyTo(Encode(batch.Pixels, Condition?.Features(batch)).Mean, values, start * LatentSize));
        return new LatentCodes(LatentSize, values);
    }

    /// <summary>Encodes examples to their posterior means and decodes those to the mean of p(x|z,c).</summary>
    /// <param name="data">The examples.</param>
    /// <param name="binarize">Whether grey pixels become zeros and ones first, as they did when the model was trained.</param>
    /// <param name="seed">The seed of a dynamic binarisation.</param>
    /// <returns>One image per example, in their order.</returns>
    /// <exception cref="DataException">The examples do not fit the model.</exception>
    public Images Reconstruct(ImageDataset data, Binarization binarize = Binarization.None, ulong seed = 0)
    {
        var values = new float[checked(data.Count * Shape.Pixels)];
        ForEachBatch(data, binarize, seed, (batch, start) =>
        {
            var features = Condition?.Features(batch);
            var mean = Likelihood.Mean(Decode(Encode(batch.Pixels, features).Mean, features));
            CopyTo(features is null ? mean : Condition!.PutVisible(mean, features), values, start * Shape.Pixels);
        });
        return new Images(Shape, values);
    }

    /// <summary>The terms of the bound for each example: the anomaly score and its parts.</summary>
    /// <param name="data">The examples.</param>
    /// <param name="samples">Draws of z over which the reconstruction is averaged.</param>
    /// <param name="seed">The seed of the noise.</param>
    /// <param name="binarize">Whether grey pixels become zeros and ones, as they did when the model was trained.</param>
    /// <returns>One score per example, in their order.</returns>
    /// <exception cref="DataException">The examples do not fit the model.</exception>
    public IReadOnlyList<ExampleScore> Score(
        ImageDataset data, int samples = 1, ulong seed = 0, Binarization binarize = Binarization.None)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
        var scores = new List<ExampleScore>(data.Count);
        ForEachBatch(data, binarize, seed, (batch, start) =>
        {
            // The noise of a split's evaluation, so that the mean of the scores is its figure.
            var terms = Terms(batch, EvaluationBatches.Noise(this, batch, samples, seed, start));
            var reconstruction = terms.Reconstruction.to(float64).cpu().data<double>().ToArray();
            var kl = terms.KullbackLeibler?.to(float64).sum(-1).cpu().data<double>().ToArray();
            scores.AddRange(reconstruction.Select((value, index) => new ExampleScore(value + kl?[index], value, kl?[index])));
        }, Math.Max(1, ExamplesAtOnce(EvaluationBatches.Size) / samples));
        return scores;
    }

    /// <summary>Generates from given noise, so that a caller can share it between conditions.</summary>
    internal Images Sample(float[] epsilon, IReadOnlyList<int>? labels, ulong seed, bool draw) =>
        Generate(RowsOf(epsilon, labels?.Count), epsilon, FeaturesOf(labels, RowsOf(epsilon, labels?.Count)), Prior.Sample, draw ? seed : null);

    /// <summary>Generates from given noise and rows of features, for mixtures of conditions.</summary>
    internal Images Sample(float[] epsilon, float[]? features) =>
        Generate(RowsOf(epsilon, features?.Length / Condition?.FeatureCount), epsilon, features, Prior.Sample, null);

    /// <summary>Decodes given codes and rows of features, for mixtures of conditions.</summary>
    internal Images Decode(LatentCodes codes, float[]? features) => Generate(codes.Count, codes.Values, features, (z, _) => z, null);

    /// <summary>The features of the conditions of some examples, one row each.</summary>
    internal float[] FeaturesOf(ImageDataset conditions, Binarization binarize, ulong seed)
    {
        if (Condition is not { } condition)
            throw new ConfigurationException("Conditions were given, but the model has none: leave them out.");
        var rows = new float[checked(conditions.Count * condition.FeatureCount)];
        ForEachBatch(conditions, binarize, seed, (batch, start) =>
            CopyTo(condition.Features(batch), rows, start * condition.FeatureCount));
        return rows;
    }

    /// <summary>Pictures as the model gets them, and the same with a middle grey where its condition shows it nothing.</summary>
    /// <exception cref="ConfigurationException">The condition shows no part of the image.</exception>
    internal (Images Truth, Images Visible) See(ImageDataset pictures, Binarization binarize, ulong seed)
    {
        if (Condition is not { ImageFeatureCount: > 0 } condition)
            throw new ConfigurationException("The model is not conditioned on part of an image, so it has nothing to complete.");
        var (truth, visible) = (new float[checked(pictures.Count * Shape.Pixels)], new float[checked(pictures.Count * Shape.Pixels)]);
        ForEachBatch(pictures, binarize, seed, (batch, start) =>
        {
            CopyTo(batch.Pixels, truth, start * Shape.Pixels);
            var shown = condition.PutVisible(full_like(batch.Pixels, Number(0.5)), condition.Features(batch));
            CopyTo(shown, visible, start * Shape.Pixels);
        });
        return (new Images(Shape, truth), new Images(Shape, visible));
    }

    /// <summary>Noise from N(0, I), <c>[count, latent]</c>.</summary>
    internal float[] Epsilon(int count, ulong seed)
    {
        if (LatentSize == 0)
            return [];
        using var generator = RandomStream.Create(seed, RandomPurpose.Sampling);
        using var noise = randn(new long[] { count, LatentSize }, float32, generator: generator);
        return noise.data<float>().ToArray();
    }

    /// <summary>Where the model's parameters are.</summary>
    internal Device CurrentDevice => parameters().First().device;

    private Images Generate(
        int count, ReadOnlyMemory<float> input, float[]? features, Func<Tensor, Tensor?, Tensor> toCodes, ulong? drawSeed)
    {
        var width = features is null ? 0 : features.Length / count;
        var values = new float[checked(count * Shape.Pixels)];
        var device = CurrentDevice;
        var chunkSize = ExamplesAtOnce(ChunkSize);
        using var _ = no_grad();
        for (var start = 0; start < count; start += chunkSize)
        {
            using var scope = NewDisposeScope();
            var size = Math.Min(chunkSize, count - start);
            var rows = OnDevice(input.Slice(start * LatentSize, size * LatentSize).ToArray(), size, LatentSize);
            var condition = features is null ? null : OnDevice(features[(start * width)..((start + size) * width)], size, width);
            var output = Decode(toCodes(rows, condition), condition);
            using var generator = drawSeed is { } seed ? RandomStream.Create(seed, RandomPurpose.Drawing, 0, start, device) : null;
            var images = generator is null ? Likelihood.Mean(output) : Likelihood.Draw(output, generator);
            CopyTo(condition is null ? images : Condition!.PutVisible(images, condition), values, start * Shape.Pixels);
        }

        return new Images(Shape, values);

        // Copied: a product of matrices depends in its last bit on where they begin in memory, and an array may begin anywhere.
        Tensor OnDevice(float[] numbers, int rows, int columns) => columns == 0
            ? zeros(rows, 0, float32, device)
            : tensor(numbers, [rows, columns], float32).to(device).clone();
    }

    private float[]? FeaturesOf(IReadOnlyList<int>? labels, int count)
    {
        if (labels is null && Condition is null)
            return null;
        if (Condition is not LabelCondition condition || labels is null)
        {
            throw new ConfigurationException(labels is null
                ? "The model has a condition: say which each image shall have."
                : "Labels were given, but the model is not conditioned on labels.");
        }

        if (labels.Count != count)
            throw new ConfigurationException($"{labels.Count} labels were given for {count} images: one for each is needed.");
        using var scope = NewDisposeScope();
        return condition.FeaturesOf(labels, CPU).data<float>().ToArray();
    }

    private void ForEachBatch(
        ImageDataset data, Binarization binarize, ulong seed, Action<Batch, int> use, int chunkSize = ChunkSize)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Shape != Shape)
            throw new DataException($"The model is for images of {Shape}, but the data has images of {data.Shape}.");
        Condition?.Check(data);
        using var resident = new TensorDataset(data, binarize, seed, RandomPurpose.EvaluationBinarization, CurrentDevice);
        using var _ = no_grad();
        for (var start = 0; start < data.Count; start += EvaluationBatches.Size)
        {
            using var scope = NewDisposeScope();
            // The slices of an evaluation: a dynamic binarisation draws anew for each, and these are to be the same images.
            var slice = resident.Slice(start, Math.Min(EvaluationBatches.Size, data.Count - start));
            for (var offset = 0; offset < slice.Pixels.shape[0]; offset += chunkSize)
            {
                using var inner = NewDisposeScope();
                use(slice.Narrow(offset, Math.Min(chunkSize, slice.Pixels.shape[0] - offset)), start + offset);
            }
        }
    }

    // Without latent dimensions noise has rows that nobody can count.
    private int RowsOf(float[] epsilon, int? conditions) => LatentSize > 0 ? epsilon.Length / LatentSize : conditions ?? 0;

    private void RequireSize(LatentCodes codes)
    {
        if (codes.Size != LatentSize)
            throw new ConfigurationException($"The codes have {codes.Size} dimensions, but the model's have {LatentSize}.");
    }

    private static float[] Repeat(ReadOnlySpan<float> row, int count)
    {
        var rows = new float[checked(row.Length * count)];
        for (var i = 0; i < count; i++)
            row.CopyTo(rows.AsSpan(i * row.Length));
        return rows;
    }

    private static void CopyTo(Tensor source, float[] values, int offset) =>
        source.to(float32).cpu().contiguous().data<float>().ToArray().CopyTo(values, offset);
}
