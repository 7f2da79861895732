using System.Globalization;

namespace Elbo.Cli;

/// <summary>How well conditional samples match their labels; the property names are the JSON names of the command line.</summary>
internal sealed record LabelMetrics(
    double LabelAccuracy, double WithinLabelDistance, double? WithinLabelDistanceOfData, double ClassifierTestAccuracy, int SamplesPerLabel)
{
    public static LabelMetrics Of(ConditionalSampleReport report) => new(
        report.LabelAccuracy,
        report.WithinLabelDistance,
        // The distance is undefined if no label has two images, and JSON cannot represent NaN.
        double.IsFinite(report.WithinLabelDistanceOfData) ? report.WithinLabelDistanceOfData : null,
        report.ClassifierTestAccuracy,
        report.SamplesPerLabel);

    public void AddTo(TextTable lines)
    {
        lines.Add("label accuracy", $"{Percent(LabelAccuracy)} of {SamplesPerLabel} samples per label are classified as their label");
        lines.Add("classifier", $"{Percent(ClassifierTestAccuracy)} accuracy on the test split");
        lines.Add(
            "distance within label",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{WithinLabelDistance:0.00} for samples, {WithinLabelDistanceOfData ?? double.NaN:0.00} for reconstructed test images"));
    }

    private static string Percent(double share) => share.ToString("0.00 %", CultureInfo.InvariantCulture);
}
