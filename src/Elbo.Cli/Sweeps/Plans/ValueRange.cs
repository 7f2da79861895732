using System.Globalization;
using System.Text.RegularExpressions;

namespace Elbo.Cli;

/// <summary>
/// A range from which values are drawn: <c>0.5..4</c> with uniform density, or <c>log:1e-4..1e-2</c> with a density that is uniform in the
/// logarithm. Between two integers the values are integers, both ends included.
/// </summary>
internal sealed partial record ValueRange
{
    private const string Digits = "G4";

    private readonly double _low;
    private readonly double _high;
    private readonly bool _isLogarithmic;
    private readonly bool _isInteger;

    private ValueRange(double low, double high, bool isLogarithmic, bool isInteger) =>
        (_low, _high, _isLogarithmic, _isInteger) = (low, high, isLogarithmic, isInteger);

    /// <summary>Reads a range.</summary>
    /// <returns>The range; null if the text is none, but a value.</returns>
    /// <exception cref="SettingsException">Its ends are not possible.</exception>
    public static ValueRange? TryParse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
            return null;
        var (low, high) = (Number(match.Groups["low"].Value), Number(match.Groups["high"].Value));
        var isLogarithmic = match.Groups["log"].Success;
        if (!(low < high) || !double.IsFinite(high - low) || (isLogarithmic && low <= 0))
        {
            throw new SettingsException(
                $"{text} is not a range: write the smaller number first, as in 0.5..4, and with log: only numbers above 0, as in "
                + "log:1e-4..1e-2.");
        }

        return new(low, high, isLogarithmic, isInteger: IsInteger(match.Groups["low"].Value) && IsInteger(match.Groups["high"].Value));
    }

    /// <summary>The value at a fraction of the range, from 0 to less than 1, rounded to four digits.</summary>
    public string At(double fraction)
    {
        // Every integer has the same share, the last one too; with a logarithm, the share that it has between its neighbours' middles.
        var (low, high) = !_isInteger ? (_low, _high) : _isLogarithmic ? (_low - 0.5, _high + 0.5) : (_low, _high + 1);
        var value = _isLogarithmic ? low * Math.Pow(high / low, fraction) : low + (high - low) * fraction;
        if (_isInteger)
        {
            var whole = Math.Clamp(_isLogarithmic ? Math.Round(value) : Math.Floor(value), _low, _high);
            return whole.ToString("0", CultureInfo.InvariantCulture);
        }

        var rounded = Number(value.ToString(Digits, CultureInfo.InvariantCulture));
        return Math.Clamp(rounded, _low, _high).ToString("R", CultureInfo.InvariantCulture);
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static bool IsInteger(string text) => text.All(symbol => char.IsAsciiDigit(symbol) || symbol is '-' or '+');

    [GeneratedRegex(
        @"^(?<log>log:)?(?<low>[-+]?(\d+(\.\d+)?|\.\d+)(e[-+]?\d+)?)\.\.(?<high>[-+]?(\d+(\.\d+)?|\.\d+)(e[-+]?\d+)?)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
