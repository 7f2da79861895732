namespace Elbo.Studio;

/// <summary>Generates with the condition of a state: samples, labels by styles, and given codes. On the compute thread only.</summary>
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
    public static ExampleValues Page(OpenModel opened, GenerateState state) => Sample(opened, state, CountOf(opened), label: null);

    /// <summary>The labels of the grid: the first ones where there are many.</summary>
    public static IReadOnlyList<int> GridLabels(OpenModel opened) => [.. opened.Labels?.Labels.Take(MaxLabels) ?? []];

    /// <summary>A row for each label; the values of a column share their noise.</summary>
    public static ExampleValues LabelGrid(OpenModel opened, GenerateState state) =>
        ExampleValues.Concatenate([.. GridLabels(opened).Select(label => Sample(opened, state, Styles, label))]);

    /// <summary>The mean of p(x|z,c) for given codes at the condition.</summary>
    /// <param name="opened">The model.</param>
    /// <param name="state">The state.</param>
    /// <param name="codes">The codes, row by row.</param>
    public static ExampleValues Decode(OpenModel opened, GenerateState state, float[] codes)
    {
        var latent = new LatentCodes(opened.LatentSize, codes);
        if (FeaturesOf(opened, state) is not { } features)
            return opened.Weights.Decode(latent);
        return opened.Weights.Decode(latent, [.. Enumerable.Repeat(features, latent.Count).SelectMany(row => row)]);
    }

    /// <summary>What the networks get of the condition; null for a model without one.</summary>
    public static float[]? FeaturesOf(OpenModel opened, GenerateState state) =>
        GivenCondition.Of(opened, state) is { } condition ? opened.Weights.FeaturesOf(condition, seed: (ulong)state.Seed) : null;

    private static ExampleValues Sample(OpenModel opened, GenerateState state, int count, int? label) =>
        GivenCondition.Of(opened, state, label) is { } condition
            ? opened.Weights.Sample(count, condition, (ulong)state.Seed)
            : opened.Weights.Sample(count, seed: (ulong)state.Seed);
}
