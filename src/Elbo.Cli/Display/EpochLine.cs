using System.Globalization;

namespace Elbo.Cli;

/// <summary>Formats the metrics of an epoch as one line.</summary>
internal static class EpochLine
{
    public static string Format(EpochReport report, int epochs)
    {
        var line = $"epoch {report.Epoch}/{epochs}  train {Terms(report.Train)}";
        if (report.Validation is { } validation)
            line += $"  validation {Terms(validation)}";
        line += report.Validation is { } held ? $"  {held.ActiveUnits} active in validation" : $"  {report.Train.ActiveUnits} active";
        line += string.Create(CultureInfo.InvariantCulture, $"  {report.ExamplesPerSecond:N0} examples/s");
        return report is { IsBest: true, Validation: not null } ? line + "  best" : line;
    }

    /// <summary>Formats the terms of a split in nats as a sum.</summary>
    public static string Terms(SplitTerms terms) => terms.NegativeElbo is { } bound
        ? $"{MetricText.Nats(bound)} = {MetricText.Nats(terms.Reconstruction)} + {MetricText.Nats(terms.Kl!.Value)}"
            + MetricText.KlSuffix(terms.KlIsMonteCarlo)
        : MetricText.Nats(terms.Reconstruction);
}
