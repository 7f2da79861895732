using System.Runtime.InteropServices;

namespace Elbo.Cli;

/// <summary>
/// How different the images are that a conditional model draws at one and the same condition: 0 for a model that has one answer to each.
/// </summary>
/// <param name="Distance">The mean Euclidean distance between two images at the same condition, averaged over conditions.</param>
/// <param name="Conditions">How many conditions: the first different ones of a split.</param>
/// <param name="Samples">How many images at each.</param>
internal sealed record SampleVariety(double Distance, int Conditions, int Samples)
{
    private const int MaxConditions = 100;
    private const int MaxExamined = 1_000;
    private const int Each = 10;

    /// <summary>Draws images at the first different conditions of a split and compares those of each.</summary>
    public static SampleVariety Of(GenerativeModel model, ExampleSet data, ulong seed, Binarization binarize)
    {
        var examples = data.Subset([.. Different(model, data, seed, binarize)]);
        var images = model.Sample(Each, examples, seed, binarize: binarize);
        var values = Each * images.Shape.Size;
        var distances = Enumerable.Range(0, examples.Count)
            .Select(condition => new ExampleValues(images.Shape, images.Values.Slice(condition * values, values).ToArray()))
            .Select(ConditionalSampleEvaluation.MeanDistance);
        return new SampleVariety(distances.Average(), examples.Count, Each);
    }

    /// <summary>The first example of each condition: a label that many examples have is one condition and not many.</summary>
    private static IEnumerable<int> Different(GenerativeModel model, ExampleSet data, ulong seed, Binarization binarize)
    {
        var examined = data.Subset([.. Enumerable.Range(0, Math.Min(MaxExamined, data.Count))]);
        var features = model.FeaturesOf(examined, binarize, seed);
        var width = features.Length / examined.Count;
        return Enumerable.Range(0, examined.Count)
            .DistinctBy(example => Convert.ToHexString(MemoryMarshal.AsBytes(features.AsSpan(example * width, width))))
            .Take(MaxConditions);
    }
}
