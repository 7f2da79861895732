using System.Globalization;

namespace Elbo.Cli;

/// <summary>
/// The table of a sweep with one row per run and one column per setting: as CSV with full precision, and as rounded text.
/// </summary>
internal static class SweepTable
{
    private const string Missing = "-";

    public static IReadOnlyList<string> Headings { get; } = ["-ELBO", "reconstruction", "KL", "active units", "split", "epoch"];

    public static string ToCsv(SweepPlan plan, IEnumerable<SweepRow> rows) => string.Concat(rows
        .Select(row => string.Join(
            ',',
            string.Join(',', row.Run.Values.Select(Quote)),
            Quote(row.Run.Name),
            row.Metrics is null ? "failed" : "finished",
            row.Metrics?.Split,
            row.Metrics?.Epoch,
            Number(row.NegativeElbo),
            Number(row.Metrics?.Reconstruction),
            Number(row.Metrics?.Kl),
            row.Metrics?.ActiveUnits))
        .Prepend($"{SettingColumns(plan)},run,state,split,epoch,negative_elbo,reconstruction,kl,active_units")
        .Select(line => line + "\n"));

    public static TextTable ToText(SweepPlan plan, IEnumerable<SweepRow> rows)
    {
        var table = new TextTable([.. plan.Settings, .. Headings]);
        foreach (var row in rows)
            table.Add([.. row.Run.Values, .. Cells(row)]);
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

    // Whose values they are needs to be said only where there are several settings.
    private static string SettingColumns(SweepPlan plan) => plan.Settings.Count == 1 ? "value" : string.Join(',', plan.Settings);

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(",\"\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
