namespace Elbo.Cli;

/// <summary>Whether a model conditioned on labels draws what it is asked for, and not one image again and again.</summary>
/// <param name="SamplesPerLabel">Images drawn for each label: z from the prior, the decoder's mean.</param>
/// <param name="LabelAccuracy">The share of them that a classifier reads as the label asked for.</param>
/// <param name="WithinLabelDistance">The mean Euclidean distance between two of them of the same label.</param>
/// <param name="WithinLabelDistanceOfData">The same between posterior-mean reconstructions of test images of the same label.</param>
/// <param name="ClassifierTestAccuracy">The share of test images that the classifier itself reads right.</param>
/// <param name="ClassifierBalancedAccuracy">The mean over labels of that share.</param>
/// <param name="ClassifierImbalance">How many training images the classifier saw of its most frequent label for one of its rarest.</param>
internal sealed record ConditionalSampleReport(
    int SamplesPerLabel,
    double LabelAccuracy,
    double WithinLabelDistance,
    double WithinLabelDistanceOfData,
    double ClassifierTestAccuracy,
    double ClassifierBalancedAccuracy,
    double ClassifierImbalance);
