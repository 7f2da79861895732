using System.Text.Json.Serialization;

namespace Elbo.Cli;

/// <summary>What a sweep prints on stdout at its end.</summary>
internal static class SweepOutput
{
    public static void WriteText(SweepPlan plan, SweepReport report)
    {
        SweepTable.ToText(plan, report.Rows).Write(Console.Out);
        Console.Out.WriteLine();
        foreach (var file in report.Files)
            Console.Out.WriteLine(Invocation.Display(file));
    }

    public static void WriteJson(SweepPlan plan, SweepFolder folder, SweepReport report)
    {
        var isOne = plan.Settings.Count == 1;
        JsonOutput.WriteMerged(
            new { folder = folder.Path },
            isOne ? new { setting = plan.Settings[0] } : null,
            isOne ? null : new { settings = plan.Settings },
            new
            {
                values = report.Rows.Select(row => PrintedRow.Of(plan, row, Path.Combine(folder.Path, row.Run.Name))),
                files = report.Files,
            });
    }

    private sealed record PrintedRow(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Value,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Values,
        string Run,
        string State,
        string? Split,
        int? Epoch,
        double? NegativeElbo,
        double? Reconstruction,
        double? Kl,
        bool? KlIsMonteCarlo,
        int? ActiveUnits)
    {
        public static PrintedRow Of(SweepPlan plan, SweepRow row, string run) => new(
            plan.Settings.Count == 1 ? row.Run.Label : null,
            plan.Settings.Count == 1 ? null : plan.Settings.Zip(row.Run.Values).ToDictionary(pair => pair.First, pair => pair.Second),
            run,
            row.Metrics is null ? "failed" : "finished",
            row.Metrics?.Split,
            row.Metrics?.Epoch,
            row.NegativeElbo,
            row.Metrics?.Reconstruction,
            row.Metrics?.Kl,
            row.Metrics?.KlIsMonteCarlo,
            row.Metrics?.ActiveUnits);
    }
}
