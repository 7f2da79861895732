using System.Net;
using System.Text;

namespace Elbo.Cli;

/// <summary>The page of a sweep: one self-contained HTML file with embedded images and no scripts.</summary>
internal static class SweepPage
{
    private const string Style = """
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 1540px; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff; }
        table { border-collapse: collapse; }
        th, td { padding: .25rem .8rem; text-align: right; font-variant-numeric: tabular-nums; border-bottom: 1px solid #ddd; }
        th:first-child, td:first-child { text-align: left; }
        img { max-width: 100%; }
        .top { display: flex; flex-wrap: wrap; gap: 2rem; align-items: flex-start; }
        .top img { flex: 1 1 480px; min-width: 0; max-width: 640px; }
        """;

    public static string Create(string title, SweepPlan plan, IReadOnlyList<SweepRow> rows, byte[]? plot, byte[]? samples)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width\">\n");
        page.Append($"<title>{Text(title)}</title>\n<style>\n{Style.ReplaceLineEndings("\n")}\n</style>\n</head>\n<body>\n");
        page.Append($"<h1>{Text(title)}</h1>\n<p>{Text(Explanation(plan, rows))}</p>\n<div class=\"top\">\n");
        AppendTable(page, plan, rows);
        AppendPicture(page, plot, $"KL and reconstruction by {plan.Phrase}");
        page.Append("</div>\n");
        if (samples is not null)
            page.Append($"<h2>Samples, with the same seed for every {UnitOf(plan)}</h2>\n");
        AppendPicture(page, samples, $"Samples by {plan.Phrase}");
        return page.Append("</body>\n</html>\n").ToString();
    }

    private static string Explanation(SweepPlan plan, IReadOnlyList<SweepRow> rows)
    {
        var splits = rows.Select(row => row.Metrics?.Split).OfType<string>().Distinct().ToList();
        var evaluated = splits is ["validation"]
            ? "the validation split; the test split was not read"
            : $"the split given in the table ({string.Join(", ", splits)})";
        return $"{rows.Count} of {plan.Runs.Count} {UnitOf(plan)}s. Nats per example, unweighted: -ELBO = reconstruction + KL, with each "
            + $"run's best weights, on {evaluated}. All runs are identical except for {plan.Phrase}.";
    }

    private static string UnitOf(SweepPlan plan) => plan.Settings.Count == 1 ? "value" : "run";

    private static void AppendTable(StringBuilder page, SweepPlan plan, IReadOnlyList<SweepRow> rows)
    {
        page.Append("<table>\n<thead><tr>");
        page.AppendJoin("", plan.Settings.Concat(SweepTable.Headings).Select(heading => $"<th>{Text(heading)}</th>"));
        page.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in rows)
        {
            page.Append("<tr>");
            page.AppendJoin("", row.Run.Values.Concat(SweepTable.Cells(row)).Select(cell => $"<td>{Text(cell)}</td>"));
            page.Append("</tr>\n");
        }

        page.Append("</tbody>\n</table>\n");
    }

    private static void AppendPicture(StringBuilder page, byte[]? png, string description)
    {
        if (png is not null)
            page.Append($"<img alt=\"{Text(description)}\" src=\"data:image/png;base64,{Convert.ToBase64String(png)}\">\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
