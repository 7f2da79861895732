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
                Median([.. rounds.Select(match => Number(match.Groups["value"].Value)).Order()]))),
    ];

    /// <summary>
    /// The median over rounds of each contender's time as a multiple of another's in the same round, by (series, contender): what the tables say.
    /// </summary>
    public static IReadOnlyList<(string Series, string Contender, double Median)> Ratios(string folder, string table, string beside)
    {
        var rounds = File.ReadLines(Path.Combine(folder, table + ".csv")).Skip(1).Select(line => Line().Match(line)).ToList();
        var of = rounds.Where(match => match.Groups[3].Value == beside)
            .ToDictionary(match => (match.Groups[1].Value, match.Groups["round"].Value), match => Number(match.Groups["value"].Value));
        return
        [
            .. rounds.GroupBy(match => (Series: match.Groups[1].Value, Contender: match.Groups[3].Value))
                .Select(each => (
                    each.Key.Series,
                    each.Key.Contender,
                    Median([.. each.Select(match => Number(match.Groups["value"].Value) / of[(each.Key.Series, match.Groups["round"].Value)]).Order()]))),
        ];
    }

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("^\"([^\"]*)\",([^,]*),\"([^\"]*)\",(?<round>[0-9]+),[^,]*,(?<value>[^,]+)$")]
    private static partial Regex Line();
}
