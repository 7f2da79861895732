using System.Globalization;

namespace Elbo.Cli;

/// <summary>How samples keep to their labels, under the names that the command line prints it by.</summary>
internal sealed record LabelFigures(
    double LabelAccuracy, double WithinLabelDistance, double? WithinLabelDistanceOfData, double ClassifierTestAccuracy, int SamplesPerLabel)
{
    public static LabelFigures Of(ConditionalSampleReport report) => new(
        report.LabelAccuracy,
        report.WithinLabelDistance,
        // Data without two images of any label has no such distance, and JSON no number for that.
        double.IsFinite(report.WithinLabelDistanceOfData) ? report.WithinLabelDistanceOfData : null,
        report.ClassifierTestAccuracy,
        report.SamplesPerLabel);

    public void AddTo(TextTable lines)
    {
        lines.Add("label accuracy", $"{Percent(LabelAccuracy)} of {SamplesPerLabel} samples per label are read as their label");
        lines.Add("classifier", $"{Percent(ClassifierTestAccuracy)} right on the test split");
        lines.Add(
            "distance within label",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{WithinLabelDistance:0.00} of samples, {WithinLabelDistanceOfData ?? double.NaN:0.00} of reconstructed test images"));
    }

    private static string Percent(double share) => share.ToString("0.00 %", CultureInfo.InvariantCulture);
}
