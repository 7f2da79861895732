namespace Elbo.Studio;

/// <summary>Numbers in nats with two digits after the point.</summary>
internal static class NatsText
{
    /// <summary>The number; what rounds to zero has no sign.</summary>
    public static string Of(double value) => FormattableString.Invariant($"{Math.Round(value, 2) + 0.0:0.00}");

    /// <summary>A standard error, with two digits that count, and at least 0.01.</summary>
    public static string OfError(double error) => FormattableString.Invariant($"{Math.Max(0.01, Math.Ceiling(error * 100) / 100):0.00}");
}
