using System.Globalization;

namespace Elbo;

/// <summary>
/// Reads the numbers of one CSV file: as in English, 1.5, or, in a file that a semicolon or a tabulator separates, with decimal commas,
/// 1,5. Nothing is guessed: a file has one decimal mark, and separators of thousands are refused.
/// </summary>
internal sealed class CsvNumbers(char separator)
{
    private string? _withPoint;
    private string? _withComma;

    /// <summary>Whether numbers can only be as in English.</summary>
    public bool IsEnglish => separator == ',';

    /// <summary>Reads a number.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="value">The number.</param>
    /// <returns>What is wrong with it, as "not a number"; null if nothing is.</returns>
    public string? Read(string text, out double value)
    {
        var hasComma = text.Contains(',', StringComparison.Ordinal);
        var hasPoint = text.Contains('.', StringComparison.Ordinal);
        var isDecimalComma = hasComma && !hasPoint && separator != ',' && text.IndexOf(',') == text.LastIndexOf(',');
        var english = isDecimalComma ? text.Replace(',', '.') : text;
        if (!double.TryParse(english, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return hasComma && double.TryParse(text.Replace(",", "").Replace(".", ""), CultureInfo.InvariantCulture, out _)
                ? "not a number: write numbers without separators of thousands, and with one decimal mark (1000.5)"
                : "not a number";
        }

        if (isDecimalComma)
            _withComma ??= text;
        else if (hasPoint)
            _withPoint ??= text;
        if (_withComma is not null && _withPoint is not null)
        {
            return $"but another decimal mark before ('{TableColumns.Shorten(isDecimalComma ? _withPoint : _withComma)}'): use one decimal "
                + "mark, and no separators of thousands";
        }

        return double.IsFinite(value) ? null : "not a finite number";
    }
}
