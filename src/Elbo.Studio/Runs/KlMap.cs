using System.Globalization;
using System.Text;

namespace Elbo.Studio;

/// <summary>The KL of each latent dimension of a run by epoch, the dimension with the highest last KL first.</summary>
/// <param name="Run">The index of the run among the compared runs.</param>
/// <param name="Split">The split it was measured on.</param>
/// <param name="Rows">The dimensions that are shown, counted from 1 as in metrics.csv, with their values.</param>
/// <param name="Dimensions">The number of all dimensions.</param>
/// <param name="Rest">The last KL of the dimensions that are not shown, in nats.</param>
/// <param name="Frame">The axes; the values are colours.</param>
internal sealed record KlMap(
    int Run,
    string Split,
    IReadOnlyList<(int Dimension, IReadOnlyList<RunPoint> Points)> Rows,
    int Dimensions,
    double Rest,
    ChartFrame Frame)
{
    private const int MaxRows = 32;
    private const int MaxColumns = 80;
    private const int Levels = 10;
    private const double Top = 10;

    // Beyond it a colour has no meaning.
    private const double MaxNats = 1e9;

    /// <summary>The height of the drawing; its width is that of a chart.</summary>
    public double Height => Top + Rows.Count * RowHeight + 30;

    /// <summary>The KL of the darkest colour, in nats.</summary>
    public double Darkest => Rows.SelectMany(row => row.Points).Select(point => point.Value).DefaultIfEmpty(0).Max();

    /// <summary>The map as SVG content.</summary>
    public string Content => field ??= Draw();

    private double RowHeight => Math.Clamp(220.0 / Rows.Count, 12, 22);

    /// <summary>The map of a run; null for one whose KL has no parts for single dimensions, and for a single dimension.</summary>
    public static KlMap? Of(int index, RunOverview run, (int From, int To)? zoom = null)
    {
        var rows = RunCurveData.Judged(run).Where(row => row.KlPerDimension is not null).ToList();
        if (rows.Count == 0 || rows[^1].KlColumns.Count < 2 || rows.Any(row => row.KlColumns.Count != rows[0].KlColumns.Count))
            return null;
        var order = Enumerable.Range(0, rows[^1].KlColumns.Count)
            .OrderByDescending(dimension => rows[^1].KlColumns[dimension]!.Value).ToArray();
        var shown = rows.Where(row => zoom is not { } range || (row.Epoch >= range.From && row.Epoch <= range.To)).ToList();
        if (shown.Count == 0)
            return null;
        var step = (shown.Count + MaxColumns - 1) / MaxColumns;
        MetricsRow[] columns = [.. shown.Where((_, column) => column % step == 0 || column == shown.Count - 1)];
        var frame = zoom is { } epochs
            ? new ChartFrame(epochs.From, epochs.To, 0, 1)
            : new ChartFrame(0, Math.Max(1, rows[^1].Epoch), 0, 1);
        return new KlMap(
            index,
            rows[0].Split,
            [.. order.Take(MaxRows).Select(dimension => (dimension + 1, (IReadOnlyList<RunPoint>)
                [.. columns.Select(row => new RunPoint(row.Epoch, Math.Clamp(row.KlColumns[dimension]!.Value, -MaxNats, MaxNats)))]))],
            order.Length,
            order.Skip(MaxRows).Sum(dimension => rows[^1].KlColumns[dimension]!.Value),
            frame);
    }

    /// <summary>A text alternative: the last KL of the first dimensions.</summary>
    public string Describe(Strings strings, IReadOnlyList<RunEntry> runs) => strings[
        "Runs.KlMap.Description",
        runs[Run].Name,
        strings[$"Runs.Split.{Split}"],
        Rows[0].Points[^1].Epoch,
        string.Join(", ", Rows.Take(8).Select(row => $"z{row.Dimension} {ChartFrame.Label(Math.Round(row.Points[^1].Value, 2))}")),
        Dimensions];

    /// <summary>What the browser shows at an epoch (chart.js).</summary>
    public string Data(Strings strings) => ChartData.Write(
        Frame, strings, Rows.Select(row => ($"z{row.Dimension}", "", row.Points)));

    private string Draw()
    {
        var svg = new StringBuilder();
        var cells = Enumerable.Range(0, Levels + 1).Select(_ => new StringBuilder()).ToArray();
        var (left, right, bottom) = (Frame.X(Frame.Left), Frame.X(Frame.Right), Top + Rows.Count * RowHeight);
        var darkest = Math.Max(Darkest, 1e-9);
        foreach (var (row, (dimension, points)) in Rows.Index())
        {
            var y = Top + row * RowHeight;
            Append(svg, $"<text class=\"tick value\" x=\"{left - 6:0.0}\" y=\"{y + RowHeight / 2:0.0}\">z{dimension}</text>");
            for (var i = 0; i < points.Count; i++)
            {
                // By the root, so that a KL of a hundredth of the highest is still seen.
                var level = (int)Math.Round(Levels * Math.Sqrt(Math.Clamp(points[i].Value / darkest, 0, 1)));
                var from = Math.Clamp(i == 0 ? left : Frame.X(points[i - 1].Epoch), left, right);
                var to = Math.Clamp(Frame.X(points[i].Epoch), left, right);
                if (level > 0 && to > from)
                    Append(cells[level], $"M{from:0.0} {y + 0.5:0.0}H{to:0.0}V{y + RowHeight - 0.5:0.0}H{from:0.0}Z");
            }
        }

        foreach (var (level, path) in cells.Index().Where(each => each.Item.Length > 0))
            Append(svg, $"<path fill=\"{RunStyle.Color(Run)}\" fill-opacity=\"{(double)level / Levels:0.0}\" d=\"{path}\"/>");
        foreach (var tick in ChartFrame.Ticks(Frame.Left, Frame.Right, whole: true))
            Append(svg, $"<text class=\"tick epoch\" x=\"{Frame.X(tick):0.0}\" y=\"{bottom + 16:0.0}\">{tick:0}</text>");
        return svg.ToString();
    }

    private static void Append(StringBuilder svg, FormattableString part) => svg.Append(part.ToString(CultureInfo.InvariantCulture));
}
