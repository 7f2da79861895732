using System.Globalization;

namespace Elbo.Cli;

/// <summary>Reads attributes from the command line.</summary>
internal static class AttributeParser
{
    /// <summary>Finite numbers with commas between them, or null where the text is something else.</summary>
    public static float[]? TryParse(string text)
    {
        var row = new List<float>();
        foreach (var part in text.Split(','))
        {
            if (!float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !float.IsFinite(value))
                return null;
            row.Add(value);
        }

        return [.. row];
    }
}
