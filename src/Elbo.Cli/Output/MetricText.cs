using System.Globalization;

namespace Elbo.Cli;

/// <summary>Formats metrics as text.</summary>
internal static class MetricText
{
    private const string Missing = "-";

    public static string Nats(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A standard error for JSON, which cannot represent that of a single example.</summary>
    public static double? Error(double error) => double.IsFinite(error) ? error : null;

    /// <summary>A standard error in parentheses after its estimate; empty for a single example, which has none.</summary>
    public static string ErrorSuffix(double? error, string what = "standard error ") =>
        error is { } value && double.IsFinite(value) ? $" ({what}{Nats(value)})" : "";

    public static string Bits(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>The suffix of a KL that is a Monte Carlo estimate.</summary>
    public static string KlSuffix(bool isMonteCarlo) => isMonteCarlo ? " (Monte Carlo)" : "";

    /// <summary>The cell of a table for a value in nats, or a dash if there is none.</summary>
    public static string Cell(double? nats) => nats is { } value ? Nats(value) : Missing;

    /// <summary>The cell of a table for the -ELBO of a run, with its standard error where one was recorded.</summary>
    public static string BoundCell(MetricsRow? metrics) => Cell(metrics?.NegativeElbo)
        + (metrics is { NegativeElbo: not null, StandardError: { } error } ? $" ± {Nats(error)}" : "");

    /// <summary>The standard error of the -ELBO of a run for JSON; null where there is neither.</summary>
    public static double? BoundError(MetricsRow? metrics) => metrics?.NegativeElbo is null ? null : metrics.StandardError;

    /// <summary>The cell of a table for the KL of a run.</summary>
    public static string KlCell(MetricsRow? metrics) => Cell(metrics?.Kl) + KlSuffix(metrics is { KlIsMonteCarlo: true });
}
