using System.Globalization;

namespace Elbo.Cli;

/// <summary>The table of a sweep with one row per value: as CSV with full precision, and as rounded text.</summary>
internal static class SweepTable
{
    private const string Missing = "-";

    public static IReadOnlyList<string> Headings { get; } = ["-ELBO", "reconstruction", "KL", "active units", "split", "epoch"];

    public static string ToCsv(IEnumerable<SweepRow> rows) => string.Concat(rows
        .Select(row => string.Join(
            ',',
            Quote(row.Value),
            Quote(row.Run),
            row.Metrics is null ? "failed" : "finished",
            row.Metrics?.Split,
            row.Metrics?.Epoch,
            Number(row.NegativeElbo),
            Number(row.Metrics?.Reconstruction),
            Number(row.Metrics?.Kl),
            row.Metrics?.ActiveUnits))
        .Prepend("value,run,state,split,epoch,negative_elbo,reconstruction,kl,active_units")
        .Select(line => line + "\n"));

    public static TextTable ToText(string setting, IEnumerable<SweepRow> rows)
    {
        var table = new TextTable([setting, .. Headings]);
        foreach (var row in rows)
            table.Add([row.Value, .. Cells(row)]);
        return table;
    }

    /// <summary>Returns the cells for <see cref="Headings"/>.</summary>
    public static string[] Cells(SweepRow row) => row.Metrics is not { } metrics
        ? ["failed", .. Enumerable.Repeat(Missing, Headings.Count - 1)]
        :
        [
            MetricText.Cell(row.NegativeElbo), MetricText.Cell(metrics.Reconstruction), MetricText.KlCell(metrics),
            metrics.KlPerDimension is { } dimensions ? $"{metrics.ActiveUnits} of {dimensions.Count}" : $"{metrics.ActiveUnits}",
            metrics.Split, $"{metrics.Epoch}",
        ];

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(",\"\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
