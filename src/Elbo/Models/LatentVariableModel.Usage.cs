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
        if (Condition is not LabelCondition labels)
            return Sample(Epsilon(count, seed), null, seed, draw);
        int[] asked = label is { } one ? [one] : [.. Enumerable.Range(0, labels.Count)];
        var epsilon = Epsilon(count, seed);
        return Images.Concatenate([.. asked.Select(each => Sample(epsilon, [.. Enumerable.Repeat(each, count)], seed, draw))]);
    }

    /// <summary>Decodes given codes to the mean of p(x|z,c).</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="labels">The label of each code, for a model conditioned on labels; else null.</param>
    /// <returns>One image per code.</returns>
    /// <exception cref="ConfigurationException">The labels do not fit the model or the codes.</exception>
    public Images Decode(LatentCodes codes, IReadOnlyList<int>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(codes);
        if (codes.Size != LatentSize)
            throw new ConfigurationException($"The codes have {codes.Size} dimensions, but the model's have {LatentSize}.");
        var features = FeaturesOf(labels, codes.Count);
        return Generate(codes.Values, features, (z, _) => z, null);
    }

    /// <summary>The posterior mean of each example: its embedding.</summary>
    /// <param name="data">The examples.</param>
    /// <returns>One code per example, in their order.</returns>
    /// <exception cref="DataException">The examples do not fit the model.</exception>
    public LatentCodes Encode(ImageDataset data)
    {
        var values = new float[checked(data.Count * LatentSize)];
        ForEachBatch(data, Binarization.None, 0, (batch, start) =>
            CopyTo(Encode(batch.Pixels, Condition?.Features(batch)).Mean, values, start * LatentSize));
        return new LatentCodes(LatentSize, values);
    }

    /// <summary>Encodes examples to their posterior means and decodes those to the mean of p(x|z,c).</summary>
    /// <param name="data">The examples.</param>
    /// <returns>One image per example, in their order.</returns>
    /// <exception cref="DataException">The examples do not fit the model.</exception>
    public Images Reconstruct(ImageDataset data)
    {
        var values = new float[checked(data.Count * Shape.Pixels)];
        ForEachBatch(data, Binarization.None, 0, (batch, start) =>
        {
            var features = Condition?.Features(batch);
            CopyTo(Likelihood.Mean(Decode(Encode(batch.Pixels, features).Mean, features)), values, start * Shape.Pixels);
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
            using var generator = RandomStream.Create(seed, RandomPurpose.EvaluationNoise, 0, start, batch.Pixels.device);
            var epsilon = randn(
                [samples, batch.Pixels.shape[0], LatentSize], batch.Pixels.dtype, batch.Pixels.device, generator: generator);
            var terms = Terms(batch, epsilon);
            var reconstruction = terms.Reconstruction.to(float64).cpu().data<double>().ToArray();
            var kl = terms.KullbackLeibler?.to(float64).sum(-1).cpu().data<double>().ToArray();
            scores.AddRange(reconstruction.Select((value, index) => new ExampleScore(value + kl?[index], value, kl?[index])));
        }, Math.Max(1, ExamplesAtOnce(ChunkSize) / samples));
        return scores;
    }

    /// <summary>Generates from given noise, so that a caller can share it between conditions.</summary>
    internal Images Sample(float[] epsilon, IReadOnlyList<int>? labels, ulong seed, bool draw) =>
        Generate(epsilon, FeaturesOf(labels, epsilon.Length / LatentSize), Prior.Sample, draw ? seed : null);

    /// <summary>Generates from given noise and rows of features, for mixtures of conditions.</summary>
    internal Images Sample(float[] epsilon, float[]? features) => Generate(epsilon, features, Prior.Sample, null);

    /// <summary>Decodes given codes and rows of features, for mixtures of conditions.</summary>
    internal Images Decode(LatentCodes codes, float[]? features) => Generate(codes.Values, features, (z, _) => z, null);

    /// <summary>Noise from N(0, I), <c>[count, latent]</c>.</summary>
    internal float[] Epsilon(int count, ulong seed)
    {
        using var generator = RandomStream.Create(seed, RandomPurpose.Sampling);
        using var noise = randn(new long[] { count, LatentSize }, float32, generator: generator);
        return noise.data<float>().ToArray();
    }

    /// <summary>Where the model's parameters are.</summary>
    internal Device CurrentDevice => parameters().First().device;

    private Images Generate(ReadOnlyMemory<float> input, float[]? features, Func<Tensor, Tensor?, Tensor> toCodes, ulong? drawSeed)
    {
        var count = input.Length / LatentSize;
        var width = features is null ? 0 : features.Length / count;
        var values = new float[checked(count * Shape.Pixels)];
        var device = CurrentDevice;
        var chunkSize = ExamplesAtOnce(ChunkSize);
        using var _ = no_grad();
        for (var start = 0; start < count; start += chunkSize)
        {
            using var scope = NewDisposeScope();
            var size = Math.Min(chunkSize, count - start);
            var rows = tensor(input.Slice(start * LatentSize, size * LatentSize).ToArray(), [size, LatentSize], float32).to(device);
            var condition = features is null
                ? null
                : tensor(features[(start * width)..((start + size) * width)], [size, width], float32).to(device);
            var output = Decode(toCodes(rows, condition), condition);
            using var generator = drawSeed is { } seed ? RandomStream.Create(seed, RandomPurpose.Drawing, 0, start, device) : null;
            CopyTo(generator is null ? Likelihood.Mean(output) : Likelihood.Draw(output, generator), values, start * Shape.Pixels);
        }

        return new Images(Shape, values);
    }

    private float[]? FeaturesOf(IReadOnlyList<int>? labels, int count)
    {
        if (labels is null && Condition is null)
            return null;
        if (Condition is not LabelCondition condition || labels is null)
        {
            throw new ConfigurationException(labels is null
                ? "The model is conditioned on labels: say which label each image shall have."
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
        for (var start = 0; start < data.Count; start += chunkSize)
        {
            using var scope = NewDisposeScope();
            use(resident.Slice(start, Math.Min(chunkSize, data.Count - start)), start);
        }
    }

    private static void CopyTo(Tensor source, float[] values, int offset) =>
        source.to(float32).cpu().contiguous().data<float>().ToArray().CopyTo(values, offset);
}
