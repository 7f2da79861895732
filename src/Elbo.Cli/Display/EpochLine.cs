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
        line += $"  {(report.Validation ?? report.Train).ActiveUnits} active";
        line += string.Create(CultureInfo.InvariantCulture, $"  {report.ExamplesPerSecond:N0} examples/s");
        return report is { IsBest: true, Validation: not null } ? line + "  best" : line;
    }

    /// <summary>Formats the terms of a split in nats as a sum.</summary>
    public static string Terms(SplitTerms terms) => terms.NegativeElbo is { } bound
        ? $"{Nats(bound)} = {Nats(terms.Reconstruction)} + {Nats(terms.Kl!.Value)}{KlSuffix(terms.KlIsMonteCarlo)}"
        : $"{Nats(terms.Reconstruction)}";

    /// <summary>The suffix of a KL that is a Monte Carlo estimate.</summary>
    public static string KlSuffix(bool isMonteCarlo) => isMonteCarlo ? " (Monte Carlo)" : "";

    public static string Nats(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Bits(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
