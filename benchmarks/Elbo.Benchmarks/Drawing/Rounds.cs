using System.Globalization;
using System.Text.RegularExpressions;

namespace Elbo.Benchmarks;

/// <summary>The rounds that a <see cref="Report"/> has written, read back to be drawn.</summary>
internal static partial class Rounds
{
    /// <summary>The median of each (series, place on the curve, contender), in the order of the file.</summary>
    public static IReadOnlyList<(string Series, double? X, string Contender, double Median)> Medians(string folder, string table) =>
    [
        .. File.ReadLines(Path.Combine(folder, table + ".csv")).Skip(1)
            .Select(line => Line().Match(line))
            .GroupBy(match => (Series: match.Groups[1].Value, X: match.Groups[2].Value, Contender: match.Groups[3].Value))
            .Select(rounds => (
                rounds.Key.Series,
                rounds.Key.X.Length == 0 ? (double?)null : Number(rounds.Key.X),
                rounds.Key.Contender,
                Median([.. rounds.Select(match => Number(match.Groups[4].Value)).Order()]))),
    ];

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("^\"([^\"]*)\",([^,]*),\"([^\"]*)\",[0-9]+,[^,]*,([^,]+)$")]
    private static partial Regex Line();
}
