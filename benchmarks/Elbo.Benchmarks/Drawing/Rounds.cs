using System.Globalization;
using System.Text.RegularExpressions;

namespace Elbo.Benchmarks;

/// <summary>Reads the rounds written by a <see cref="Report"/>.</summary>
internal static partial class Rounds
{
    /// <summary>Returns the median of each (series, x, contender), in the order of the file.</summary>
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
    /// Returns the median over rounds of each contender's time relative to the reference in the same round, by (series, contender), as
    /// in the tables.
    /// </summary>
    public static IReadOnlyList<(string Series, string Contender, double Median)> Ratios(string folder, string table, string reference)
    {
        var rounds = File.ReadLines(Path.Combine(folder, table + ".csv")).Skip(1).Select(line => Line().Match(line)).ToList();
        var references = rounds.Where(match => match.Groups[3].Value == reference)
            .ToDictionary(match => (match.Groups[1].Value, match.Groups["round"].Value), match => Number(match.Groups["value"].Value));
        return
        [
            .. rounds.GroupBy(match => (Series: match.Groups[1].Value, Contender: match.Groups[3].Value))
                .Select(each => (
                    each.Key.Series,
                    each.Key.Contender,
                    Median([.. each.Select(match => Relative(match, each.Key.Series)).Order()]))),
        ];

        double Relative(Match match, string series) =>
            Number(match.Groups["value"].Value) / references[(series, match.Groups["round"].Value)];
    }

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("^\"([^\"]*)\",([^,]*),\"([^\"]*)\",(?<round>[0-9]+),[^,]*,(?<value>[^,]+)$")]
    private static partial Regex Line();
}
