using System.Globalization;
using System.Text;

namespace Elbo.Results;

/// <summary>Writes the tables as Markdown: a line per metric of each row, then the commands and the remark of each row.</summary>
internal static class ResultTable
{
    public static string Write(Func<ResultRow, int, ResultRecord?> read)
    {
        var text = new StringBuilder();
        WriteTable(text, [.. ResultRows.All.Where(row => !row.IsFashion)], read);
        text.Append("\n### Fashion-MNIST\n\n");
        WriteTable(text, [.. ResultRows.All.Where(row => row.IsFashion)], read);
        text.Append("\n### The commands\n");
        foreach (var row in ResultRows.All)
            WriteCommands(text, row, [.. row.Seeds.Select(seed => read(row, seed)).OfType<ResultRecord>()]);
        return text.ToString();
    }

    private static void WriteTable(StringBuilder text, IReadOnlyList<ResultRow> rows, Func<ResultRow, int, ResultRecord?> read)
    {
        text.Append("| row | model | metric | published | target | ours | difference | seeds | epochs, best | parameters ");
        text.Append("| minutes, threads | test reads |\n");
        text.Append("|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            var records = row.Seeds.Select(seed => read(row, seed)).ToList();
            foreach (var metric in row.Metrics)
                WriteMetric(text, row, metric, records);
        }
    }

    private static void WriteMetric(StringBuilder text, ResultRow row, ResultMetric metric, List<ResultRecord?> records)
    {
        var isFirst = ReferenceEquals(metric, row.Metrics[0]);
        text.Append(Invariant($"| {(isFirst ? row.Id : "")} | {(isFirst ? Cell(row.Model) : "")} | {Cell(metric.Name)} "));
        text.Append(Invariant($"| {Number(metric.Published, metric)} | {Number(metric.Target, metric)} | "));
        var done = records.OfType<ResultRecord>().ToList();
        if (done.Count < row.Seeds.Count)
        {
            var state = done.Count == 0 ? "not yet run" : Invariant($"{done.Count} of {row.Seeds.Count} seeds run");
            text.Append(state).Append(" | | | | | | |\n");
            return;
        }

        var values = done.Select(record => record.Metric(metric.Key)).ToList();
        var mean = values.Average();
        text.Append(Invariant($"{Ours(mean, metric, done)} | {Difference(mean, metric)} | "));
        if (!isFirst)
        {
            text.Append("| | | | |\n");
            return;
        }

        text.Append(Invariant($"{string.Join(", ", done.Select(record => record.Seed))} | "));
        text.Append(Invariant($"{done[0].Epochs}, {string.Join('/', done.Select(record => record.BestEpoch))} | "));
        text.Append(Invariant($"{done[0].Metric("parameters"):N0} | "));
        var minutes = done.Select(record => record.TrainingMinutes.ToString("0.0", CultureInfo.InvariantCulture));
        text.Append(Invariant($"{string.Join('/', minutes)}, {done[0].Threads} | "));
        text.Append(Invariant($"{string.Join('/', done.Select(record => record.TestReads))} |\n"));
    }

    private static void WriteCommands(StringBuilder text, ResultRow row, IReadOnlyList<ResultRecord> records)
    {
        var seeds = row.Seeds.Count == 1 ? $"{row.Seeds[0]}" : "S";
        text.Append($"\n**{row.Id}**: {row.Model}. {row.Remark}".TrimEnd()).Append('\n');
        foreach (var record in records)
        {
            if (record.Metric("importanceSampledNll") is { } sampled)
            {
                text.Append(Invariant($"Seed {record.Seed}: -ELBO {record.Metric("negativeElbo"):0.00}, "));
                text.Append(Invariant($"prior Monte Carlo {record.Metric("priorMonteCarloNll"):0.00}, "));
                text.Append(Invariant($"importance sampling {sampled:0.00} "));
                text.Append(Invariant($"(standard errors {record.Metric("importanceSampledNllStandardError"):0.00} over examples, "));
                text.Append(Invariant($"{record.Metric("importanceSampledNllMonteCarloStandardError"):0.000} over draws), "));
                text.Append(Invariant($"K = {record.Metric("importanceSamples")}, "));
                text.Append(Invariant($"median effective sample size {record.Metric("importanceSampledNllEffectiveSamples"):0.0} "));
                text.Append(Invariant($"(draws from the prior: {record.Metric("priorMonteCarloNllEffectiveSamples"):0.0}); "));
                text.Append(Invariant($"{record.Metric("activeUnits")} active units.\n"));
            }
        }

        text.Append($"\n    {row.TrainCommand(seeds)}\n    {row.EvaluateCommand}").Append('\n');
    }

    private static string Ours(double? mean, ResultMetric metric, List<ResultRecord> records)
    {
        var reached = mean is { } value && metric.Target is { } target && (metric.IsProportion ? value >= target : value <= target);
        var number = reached ? $"**{Number(mean, metric)}**" : Number(mean, metric);
        var error = records.Count == 1 ? records[0].Metric(metric.Key + "StandardError") : null;
        return error is { } known ? Invariant($"{number} ± {known:0.00}") : number;
    }

    private static string Difference(double? ours, ResultMetric metric) => ours - metric.Published is { } difference
        ? (metric.IsProportion ? difference * 100 : difference).ToString("+0.00;-0.00", CultureInfo.InvariantCulture)
        : "";

    private static string Number(double? value, ResultMetric metric) => value switch
    {
        null => "",
        { } proportion when metric.IsProportion => (proportion * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %",
        { } nats => nats.ToString("0.00", CultureInfo.InvariantCulture),
    };

    // An unescaped vertical bar would end the cell.
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
