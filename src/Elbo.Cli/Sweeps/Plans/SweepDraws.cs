using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Elbo.Cli;

/// <summary>
/// Draws of settings. A draw is a function of the seed, the path of the setting and its number alone: every worker draws the same, and a
/// larger number of draws begins with those of a smaller one.
/// </summary>
internal static class SweepDraws
{
    // A draw that repeats an earlier one is left out; settings with few values run out of others.
    private const int AttemptsPerDraw = 100;

    /// <summary>Draws different combinations.</summary>
    /// <param name="settings">The settings; one of the entries of each is taken, and a value from it if it is a range.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The values of each draw, in the order of the settings.</returns>
    /// <exception cref="SettingsException">There are not as many.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Take(IReadOnlyList<SweptSetting> settings, int count, ulong seed)
    {
        var entries = settings.Select(setting => (
            setting.Path, Entries: setting.Values.Select(value => (Value: value, Range: ValueRange.TryParse(value))).ToList())).ToList();
        var draws = new List<IReadOnlyList<string>>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 0; draws.Count < count; number++)
        {
            if (number == (long)AttemptsPerDraw * count)
            {
                throw new SettingsException(
                    $"--random {count} is more than can be drawn: {draws.Count} different runs were found. Ask for fewer, or give wider "
                    + "ranges or more values.");
            }

            string[] draw = [.. entries.Select(setting => Draw(setting.Entries, seed, setting.Path, number))];
            if (known.Add(string.Join('\n', draw)))
                draws.Add(draw);
        }

        return draws;
    }

    private static string Draw(List<(string Value, ValueRange? Range)> entries, ulong seed, string path, int number)
    {
        var (value, range) = entries[(int)(Fraction(seed, path, number, "entry") * entries.Count)];
        return range?.At(Fraction(seed, path, number, "value")) ?? value;
    }

    // 53 bits of a hash, which no version of a generator changes.
    private static double Fraction(ulong seed, string path, int number, string purpose)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{seed}/{path}/{number}/{purpose}");
        return (BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key))) >> 11) * Math.ScaleB(1, -53);
    }
}
