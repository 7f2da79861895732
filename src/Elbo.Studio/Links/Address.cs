using System.Globalization;
using System.Text;

namespace Elbo.Studio;

/// <summary>Addresses of views, relative to the studio's root: what is seen, written so that it can be opened again. They never hold the token.</summary>
internal static class Address
{
    /// <summary>A view and its state; what is null is left out.</summary>
    public static string Of(string view, params IEnumerable<(string Name, object? Value)> state)
    {
        var address = new StringBuilder(view);
        var separator = '?';
        foreach (var (name, value) in state)
        {
            if (value is null)
                continue;
            address.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(Convert.ToString(value, CultureInfo.InvariantCulture)!));
            separator = '&';
        }

        return address.ToString();
    }

    /// <summary>A whole number within bounds: what is not one, or lies beyond, becomes the nearest that is possible.</summary>
    public static int Whole(string? text, int usual, int min, int max) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? (int)Math.Clamp(value, min, max)
            : usual;

    /// <summary>A finite number within bounds.</summary>
    public static double Number(string? text, double usual, double min, double max) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !double.IsNaN(value)
            ? Math.Clamp(value, min, max)
            : usual;

    /// <summary>One of some words, or the usual one.</summary>
    public static string Word(string? text, string usual, IEnumerable<string> possible) =>
        possible.FirstOrDefault(word => string.Equals(word, text, StringComparison.Ordinal)) ?? usual;
}
