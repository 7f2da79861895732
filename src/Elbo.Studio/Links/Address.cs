using System.Globalization;
using System.Text;

namespace Elbo.Studio;

/// <summary>
/// URLs of views, relative to the studio's root: they contain the state of a view, so that it can be opened again, and never the token.
/// </summary>
internal static class Address
{
    /// <summary>The URL of a view with its state; null values are omitted.</summary>
    public static string Of(string view, params IEnumerable<(string Name, object? Value)> state)
    {
        var address = new StringBuilder(view);
        var separator = '?';
        foreach (var (name, value) in state)
        {
            if (value is null)
                continue;
            address.Append(separator).Append(name).Append('=')
                .Append(Uri.EscapeDataString(Convert.ToString(value, CultureInfo.InvariantCulture)!));
            separator = '&';
        }

        return address.ToString();
    }

    /// <summary>Parses a whole number and clamps it to a range; text that is not a number gives the fallback.</summary>
    public static int Integer(string? text, int fallback, int min, int max) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? (int)Math.Clamp(value, min, max)
            : fallback;

    /// <summary>Parses a number and clamps it to a range; text that is not a number gives the fallback.</summary>
    public static double Number(string? text, double fallback, double min, double max) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !double.IsNaN(value)
            ? Math.Clamp(value, min, max)
            : fallback;

    /// <summary>Returns the text if it is one of the allowed values, else the fallback.</summary>
    public static string OneOf(string? text, string fallback, IEnumerable<string> allowed) =>
        allowed.FirstOrDefault(value => string.Equals(value, text, StringComparison.Ordinal)) ?? fallback;
}
