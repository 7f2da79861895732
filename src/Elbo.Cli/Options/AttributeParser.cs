using System.Globalization;

namespace Elbo.Cli;

/// <summary>Parses attribute values given on the command line.</summary>
internal static class AttributeParser
{
    /// <summary>Returns the comma-separated finite numbers of the text, or null if the text has another form.</summary>
    public static double[]? TryParse(string text)
    {
        var row = new List<double>();
        foreach (var part in text.Split(','))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
                return null;
            row.Add(value);
        }

        return [.. row];
    }
}
