using System.Globalization;
using System.Text;

namespace Elbo.Results;

/// <summary>
/// Writes the tables of anomalies as Markdown, one for each number of latent dimensions: a line for each digit, their means, the commands.
/// </summary>
internal static class AnomalyTable
{
    public static string Write(Func<AnomalyRow, AnomalyRecord?> read) =>
        string.Join('\n', AnomalyRow.All.GroupBy(row => row.Latent).Select(rows => Write([.. rows], read)));

    private static string Write(IReadOnlyList<AnomalyRow> rows, Func<AnomalyRow, AnomalyRecord?> read)
    {
        var text = new StringBuilder($"### {rows[0].Latent} latent dimensions\n\n");
        text.Append("| digit left out | published ROC AUC | ROC AUC |");
        foreach (var rate in AnomalyRow.Rates)
            text.Append(Invariant($" false positives at {rate} | found at {rate} |"));
        text.Append(" minutes |\n|").Append(string.Concat(Enumerable.Repeat("---|", 4 + (2 * AnomalyRow.Rates.Count)))).Append('\n');
        var done = new List<AnomalyRecord>();
        foreach (var row in rows)
        {
            text.Append(Invariant($"| {row.Digit} | {row.Published:0.00} | "));
            if (read(row) is not { } record)
            {
                text.Append("not yet run |").Append(string.Concat(Enumerable.Repeat(" |", (2 * AnomalyRow.Rates.Count) + 1))).Append('\n');
                continue;
            }

            done.Add(record);
            text.Append(Invariant($"{Figure(record, 0, "rocAuc"):0.000} ± {Figure(record, 0, "rocAucStandardError"):0.000} |"));
            for (var i = 0; i < AnomalyRow.Rates.Count; i++)
                text.Append(Shares(Figure(record, i, "realizedFalsePositiveRate"), Figure(record, i, "detectionRate")));
            text.Append(Invariant($" {record.TrainingMinutes:0.0} |\n"));
        }

        if (done.Count == rows.Count)
            WriteMeans(text, rows, done);
        text.Append('\n');
        foreach (var command in rows[0].Commands)
            text.Append("    ").Append(command).Append('\n');
        return text.ToString();
    }

    private static void WriteMeans(StringBuilder text, IReadOnlyList<AnomalyRow> rows, List<AnomalyRecord> records)
    {
        text.Append(Invariant($"| mean | {rows.Average(row => row.Published):0.00} | "));
        text.Append(Invariant($"{records.Average(record => Figure(record, 0, "rocAuc")):0.000} |"));
        for (var i = 0; i < AnomalyRow.Rates.Count; i++)
        {
            text.Append(Shares(
                records.Average(record => Figure(record, i, "realizedFalsePositiveRate")),
                records.Average(record => Figure(record, i, "detectionRate"))));
        }

        text.Append(" |\n");
    }

    private static string Shares(double falsePositives, double found) =>
        Invariant($" {100 * falsePositives:0.00} % | {100 * found:0.0} % |");

    private static double Figure(AnomalyRecord record, int rate, string name) => record.Scores[rate][name]!.GetValue<double>();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
