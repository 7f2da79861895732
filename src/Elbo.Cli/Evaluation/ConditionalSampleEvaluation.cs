using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Cli;

/// <summary>Draws images for each label and judges them: are they read as the label, and how far do they differ from each other?</summary>
internal static class ConditionalSampleEvaluation
{
    private const int MaxCompared = 1_000;

    public static ConditionalSampleReport Evaluate(
        LatentVariableModel model, ExampleSet test, LabelClassifier classifier, int samplesPerLabel, ulong seed, Binarization binarize)
    {
        var labels = ((LabelCondition)model.Condition!).Count;
        long right = 0;
        List<double> distances = [], distancesOfData = [];
        for (var label = 0; label < labels; label++)
        {
            var images = model.Sample(samplesPerLabel, label, seed);
            right += classifier.CountRead(images, label);
            distances.Add(MeanDistance(images));
            int[] indices = [.. Enumerable.Range(0, test.Count).Where(index => test.Labels.Span[index] == label).Take(MaxCompared)];
            if (indices.Length > 1)
                distancesOfData.Add(MeanDistance(model.Reconstruct(test.Subset(indices), binarize, seed)));
        }

        return new ConditionalSampleReport(
            samplesPerLabel,
            (double)right / ((long)labels * samplesPerLabel),
            distances.Average(),
            distancesOfData.DefaultIfEmpty(double.NaN).Average(),
            classifier.Accuracy(test));
    }

    /// <summary>The mean Euclidean distance between two different images of a batch.</summary>
    public static double MeanDistance(ExampleValues images)
    {
        using var scope = NewDisposeScope();
        var count = Math.Min(images.Count, MaxCompared);
        var values = images.Values[..(count * images.Shape.Size)].ToArray();
        var pixels = tensor(values, [count, images.Shape.Size], float32);
        return cdist(pixels, pixels).sum().item<float>() / ((double)count * Math.Max(1, count - 1));
    }
}
