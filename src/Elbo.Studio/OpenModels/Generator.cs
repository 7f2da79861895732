namespace Elbo.Studio;

/// <summary>Generates at a chosen condition: samples, labels by styles, and given codes. On the compute thread only.</summary>
internal static class Generator
{
    /// <summary>The columns of the grid of labels: the values of a column share their noise.</summary>
    public const int Styles = 10;

    /// <summary>The most rows of the grid of labels.</summary>
    public const int MaxLabels = 20;

    private const int MaxImages = 64;
    private const int Rows = 20;
    private const int MaxNumbers = 2_000_000;

    /// <summary>How many values a page shows: 64 images, fewer where they are large, or 20 rows of a table.</summary>
    public static int CountOf(OpenModel opened)
    {
        if (opened.Shape.Image is null)
            return Rows;
        var side = (int)Math.Sqrt(Math.Clamp(MaxNumbers / opened.Shape.Size, 1, MaxImages));
        return side * side;
    }

    /// <summary>Samples: z from the prior at the condition, then the mean of p(x|z,c).</summary>
    public static ExampleValues Page(OpenModel opened, ChosenCondition condition, int seed) =>
        Sample(opened, condition, CountOf(opened), seed, label: null);

    /// <summary>The labels of the grid: the first ones where there are many.</summary>
    public static IReadOnlyList<int> GridLabels(OpenModel opened) => [.. opened.Labels?.Labels.Take(MaxLabels) ?? []];

    /// <summary>A row for each label; the values of a column share their noise.</summary>
    public static ExampleValues LabelGrid(OpenModel opened, ChosenCondition condition, int seed) => ExampleValues.Concatenate(
        [.. GridLabels(opened).Select(label => Sample(opened, condition, Styles, seed, label))]);

    /// <summary>The mean of p(x|z,c) for given codes, row by row, at the condition.</summary>
    public static ExampleValues Decode(OpenModel opened, ChosenCondition condition, float[] codes)
    {
        var latent = new LatentCodes(opened.LatentSize, codes);
        if (FeaturesOf(opened, condition) is not { } features)
            return opened.Weights.Decode(latent);
        return opened.Weights.Decode(latent, [.. Enumerable.Repeat(features, latent.Count).SelectMany(row => row)]);
    }

    /// <summary>What the networks get of the condition; null for a model without one.</summary>
    public static float[]? FeaturesOf(OpenModel opened, ChosenCondition condition) =>
        condition.ToExample(opened) is { } example ? opened.Weights.FeaturesOf(example) : null;

    private static ExampleValues Sample(OpenModel opened, ChosenCondition condition, int count, int seed, int? label) =>
        condition.ToExample(opened, label) is { } example
            ? opened.Weights.Sample(count, example, (ulong)seed)
            : opened.Weights.Sample(count, seed: (ulong)seed);
}
