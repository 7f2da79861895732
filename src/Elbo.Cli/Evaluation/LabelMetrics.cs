using System.Globalization;

namespace Elbo.Cli;

/// <summary>How well conditional samples match their labels; the property names are the JSON names of the command line.</summary>
internal sealed record LabelMetrics(
    double LabelAccuracy,
    double WithinLabelDistance,
    double? WithinLabelDistanceOfData,
    double ClassifierTestAccuracy,
    double ClassifierBalancedAccuracy,
    double ClassifierImbalance,
    int SamplesPerLabel)
{
    private const double MinAccuracy = 0.9;
    private const double MaxImbalance = 10;

    /// <summary>
    /// Whether the classifier is a judge to rely on: right for at least 90 % of the test images of each label on average, and trained on
    /// at most 10 times as many images of one label as of another.
    /// </summary>
    public bool LabelAccuracyIsReliable => ClassifierBalancedAccuracy >= MinAccuracy && ClassifierImbalance <= MaxImbalance;

    public static LabelMetrics Of(ConditionalSampleReport report) => new(
        report.LabelAccuracy,
        report.WithinLabelDistance,
        // The distance is undefined if no label has two images, and JSON cannot represent NaN.
        double.IsFinite(report.WithinLabelDistanceOfData) ? report.WithinLabelDistanceOfData : null,
        report.ClassifierTestAccuracy,
        report.ClassifierBalancedAccuracy,
        report.ClassifierImbalance,
        report.SamplesPerLabel);

    public void AddTo(TextTable lines)
    {
        lines.Add("label accuracy", $"{Percent(LabelAccuracy)} of {SamplesPerLabel} samples per label are classified as their label");
        foreach (var reason in Reservations())
            lines.Add("", $"not reliable: {reason}");
        lines.Add(
            "classifier",
            $"{Percent(ClassifierTestAccuracy)} accuracy on the test split, {Percent(ClassifierBalancedAccuracy)} as the mean over labels");
        lines.Add(
            "distance within label",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{WithinLabelDistance:0.00} for samples, {WithinLabelDistanceOfData ?? double.NaN:0.00} for reconstructed test images"));
    }

    private IEnumerable<string> Reservations()
    {
        if (ClassifierBalancedAccuracy < MinAccuracy)
        {
            yield return $"the classifier itself reads only {Percent(ClassifierBalancedAccuracy)} of the test images right, as the mean "
                + "over labels";
        }

        if (ClassifierImbalance > MaxImbalance)
        {
            var times = ClassifierImbalance.ToString("0", CultureInfo.InvariantCulture);
            yield return $"the classifier was trained on up to {times} times as many images of one label as of another";
        }
    }

    private static string Percent(double share) => share.ToString("0.00 %", CultureInfo.InvariantCulture);
}
