namespace Elbo.Story.Tests;

/// <summary>The posteriors of pictures, with the standard deviation of each dimension; empty for points.</summary>
internal sealed record PosteriorBatch(int LatentSize, float[] Mean, float[] Deviation)
{
    /// <summary>The thousand digits in the page, with pixels 0 or 1.</summary>
    public static float[] Digits { get; } =
    [
        .. Enumerable.Range(0, BundledStory.Digits.Count).SelectMany(BundledStory.Digits.Binary).Select(value => (float)value),
    ];

    public int Count => Mean.Length / LatentSize;

    public static PosteriorBatch Of(StoryModel model, float[] pictures)
    {
        var rows = Batches.Run(model.Encoder, pictures).Chunk(model.Encoder.Outputs).ToList();
        return new(
            model.LatentSize,
            [.. rows.SelectMany(row => row[..model.LatentSize])],
            [.. rows.SelectMany(row => row[model.LatentSize..]).Select(raw => MathF.Exp(7 * MathF.Tanh(raw / 14)))]);
    }

    public double[] Dimension(float[] values, int dimension) =>
        [.. Enumerable.Range(0, Count).Select(index => (double)values[index * LatentSize + dimension])];

    /// <summary>KL(q(z|x) || N(0, I)) of each picture in one dimension.</summary>
    public double[] Kl(int dimension) =>
        [.. Dimension(Mean, dimension).Zip(Dimension(Deviation, dimension), (m, s) => 0.5 * (m * m + s * s - 1) - Math.Log(s))];

    /// <summary>KL(q(z|x) || N(0, I)) of each picture.</summary>
    public double[] Kl() =>
        Enumerable.Range(0, LatentSize).Select(Kl).Aggregate((left, right) => [.. left.Zip(right, (a, b) => a + b)]);

    /// <summary>One draw of each posterior.</summary>
    public float[] Draw(Draws draws) =>
        [.. Mean.Select((mean, i) => Deviation.Length == 0 ? mean : mean + Deviation[i] * (float)draws.Normal())];
}
