using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Cli;

/// <summary>Draws images for each label and judges them: are they read as the label, and how far do they differ from each other?</summary>
internal static class ConditionalSampleEvaluation
{
    private const int MaxCompared = 1_000;

    public static ConditionalSampleReport Evaluate(
        LatentVariableModel model,
        ExampleSet train,
        ExampleSet test,
        LabelClassifier classifier,
        int samplesPerLabel,
        ulong seed,
        Binarization binarize)
    {
        var condition = (LabelCondition)model.Condition!;
        long right = 0;
        List<double> distances = [], distancesOfData = [];
        foreach (var label in condition.Labels)
        {
            var images = model.Sample(samplesPerLabel, label, seed);
            right += classifier.CountRead(images, condition.IndexOf(label));
            distances.Add(MeanDistance(images));
            int[] indices = [.. Enumerable.Range(0, test.Count).Where(index => test.Labels.Span[index] == label).Take(MaxCompared)];
            if (indices.Length > 1)
                distancesOfData.Add(MeanDistance(model.Reconstruct(test.Subset(indices), binarize, seed)));
        }

        return new ConditionalSampleReport(
            samplesPerLabel,
            (double)right / ((long)condition.Count * samplesPerLabel),
            distances.Average(),
            distancesOfData.DefaultIfEmpty(double.NaN).Average(),
            classifier.Accuracy(Classes(test, condition)),
            BalancedAccuracy(classifier, Classes(test, condition)),
            Imbalance(train));
    }

    private static double BalancedAccuracy(LabelClassifier classifier, ExampleSet test)
    {
        var labels = test.Labels.ToArray();
        return labels.Distinct().Average(label => classifier.Accuracy(
            test.Subset([.. Enumerable.Range(0, labels.Length).Where(index => labels[index] == label)])));
    }

    private static double Imbalance(ExampleSet train)
    {
        int[] counts = [.. train.Labels.ToArray().CountBy(label => label).Select(pair => pair.Value)];
        return (double)counts.Max() / counts.Min();
    }

    /// <summary>Examples whose labels are numbered without gaps, as the classes of a classifier.</summary>
    public static ExampleSet Classes(ExampleSet examples, LabelCondition condition) => condition.Values is null
        ? examples
        : examples.WithLabels(examples.Labels.ToArray().Select(condition.IndexOf).ToArray());

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
