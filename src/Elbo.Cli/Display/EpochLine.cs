using System.Globalization;

namespace Elbo.Cli;

/// <summary>An epoch in one line.</summary>
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

    /// <summary>The terms of a split in nats, as the sum that they are.</summary>
    public static string Terms(SplitTerms terms) => terms.NegativeElbo is { } bound
        ? $"{Nats(bound)} = {Nats(terms.Reconstruction)} + {Nats(terms.Kl!.Value)}{OfKl(terms.KlIsMonteCarlo)}"
        : $"{Nats(terms.Reconstruction)}";

    /// <summary>What stands behind a KL that is no closed form.</summary>
    public static string OfKl(bool isMonteCarlo) => isMonteCarlo ? " (Monte Carlo)" : "";

    public static string Nats(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Bits(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
