using System.Globalization;
using System.Text;

namespace Elbo.Results;

/// <summary>The tables as Markdown: a line for each figure of each row, then each row's commands and what explains its difference.</summary>
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
        text.Append("| row | model | figure | published | target | ours | difference | seeds | epochs, best | parameters | minutes, threads | test reads |\n");
        text.Append("|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            var records = row.Seeds.Select(seed => read(row, seed)).ToList();
            foreach (var figure in row.Figures)
                WriteFigure(text, row, figure, records);
        }
    }

    private static void WriteFigure(StringBuilder text, ResultRow row, ResultFigure figure, List<ResultRecord?> records)
    {
        var isFirst = ReferenceEquals(figure, row.Figures[0]);
        text.Append(Invariant($"| {(isFirst ? row.Id : "")} | {(isFirst ? Cell(row.Model) : "")} | {Cell(figure.Name)} "));
        text.Append(Invariant($"| {Number(figure.Published, figure)} | {Number(figure.Target, figure)} | "));
        var done = records.OfType<ResultRecord>().ToList();
        if (done.Count < row.Seeds.Count)
        {
            text.Append(done.Count == 0 ? "not yet run" : Invariant($"{done.Count} of {row.Seeds.Count} seeds run")).Append(" | | | | | | |\n");
            return;
        }

        var values = done.Select(record => record.Figure(figure.Key)).ToList();
        var mean = values.Average();
        text.Append(Invariant($"{Ours(mean, figure, done)} | {Difference(mean, figure)} | "));
        if (!isFirst)
        {
            text.Append("| | | | |\n");
            return;
        }

        text.Append(Invariant($"{string.Join(", ", done.Select(record => record.Seed))} | "));
        text.Append(Invariant($"{done[0].Epochs}, {string.Join('/', done.Select(record => record.BestEpoch))} | "));
        text.Append(Invariant($"{done[0].Figure("parameters"):N0} | "));
        text.Append(Invariant($"{string.Join('/', done.Select(record => record.TrainingMinutes.ToString("0.0", CultureInfo.InvariantCulture)))}, {done[0].Threads} | "));
        text.Append(Invariant($"{string.Join('/', done.Select(record => record.TestReads))} |\n"));
    }

    private static void WriteCommands(StringBuilder text, ResultRow row, IReadOnlyList<ResultRecord> records)
    {
        var seeds = row.Seeds.Count == 1 ? $"{row.Seeds[0]}" : "S";
        text.Append($"\n**{row.Id}**: {row.Model}. {row.Remark}".TrimEnd()).Append('\n');
        foreach (var record in records)
        {
            if (record.Figure("importanceSampledNll") is { } sampled)
            {
                text.Append(Invariant($"Seed {record.Seed}: -ELBO {record.Figure("negativeElbo"):0.00}, prior Monte Carlo {record.Figure("priorMonteCarloNll"):0.00}, "));
                text.Append(Invariant($"importance sampling {sampled:0.00} (standard errors {record.Figure("importanceSampledNllStandardError"):0.00} over examples, "));
                text.Append(Invariant($"{record.Figure("importanceSampledNllMonteCarloStandardError"):0.000} over draws), K = {record.Figure("importanceSamples")}, "));
                text.Append(Invariant($"median effective sample size {record.Figure("importanceSampledNllEffectiveSamples"):0.0} "));
                text.Append(Invariant($"(draws from the prior: {record.Figure("priorMonteCarloNllEffectiveSamples"):0.0}); "));
                text.Append(Invariant($"{record.Figure("activeUnits")} active units.\n"));
            }
        }

        text.Append($"\n    {row.TrainCommand(seeds)}\n    {row.EvaluateCommand}").Append('\n');
    }

    private static string Ours(double? mean, ResultFigure figure, List<ResultRecord> records)
    {
        var reached = mean is { } value && figure.Target is { } target && (figure.IsShare ? value >= target : value <= target);
        var number = reached ? $"**{Number(mean, figure)}**" : Number(mean, figure);
        var error = records.Count == 1 ? records[0].Figure(figure.Key + "StandardError") : null;
        return error is { } known ? Invariant($"{number} ± {known:0.00}") : number;
    }

    private static string Difference(double? ours, ResultFigure figure) =>
        ours - figure.Published is { } difference ? (figure.IsShare ? difference * 100 : difference).ToString("+0.00;-0.00", CultureInfo.InvariantCulture) : "";

    private static string Number(double? value, ResultFigure figure) => value switch
    {
        null => "",
        { } share when figure.IsShare => (share * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %",
        { } nats => nats.ToString("0.00", CultureInfo.InvariantCulture),
    };

    // A bar would begin another cell.
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
