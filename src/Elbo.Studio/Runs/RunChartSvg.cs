using System.Globalization;
using System.Text;

namespace Elbo.Studio;

/// <summary>
/// Draws the curves of one term as SVG content: a colour per run (<see cref="RunStyle"/>), validation as solid and training as dashed
/// lines, one standard error on both sides of validation as an area, weight changes as vertical lines.
/// </summary>
internal static class RunChartSvg
{
    // So many, whatever the number of epochs.
    private const int MarkersOfCurve = 8;

    public static string Draw(ChartFrame frame, IReadOnlyList<RunSeries> series, IReadOnlyList<(int Run, int Epoch)> changes)
    {
        var svg = new StringBuilder();
        var (left, right, top, bottom) = (frame.X(frame.Left), frame.X(frame.Right), frame.Y(frame.Top), frame.Y(frame.Bottom));
        foreach (var tick in ChartFrame.Ticks(frame.Bottom, frame.Top))
        {
            Append(svg, $"<path class=\"grid\" d=\"M{left:0.0} {frame.Y(tick):0.0}H{right:0.0}\"/>");
            Append(svg, $"<text class=\"tick value\" x=\"{left - 6:0.0}\" y=\"{frame.Y(tick):0.0}\">{ChartFrame.Label(tick)}</text>");
        }

        foreach (var tick in ChartFrame.Ticks(frame.Left, frame.Right, whole: true))
            Append(svg, $"<text class=\"tick epoch\" x=\"{frame.X(tick):0.0}\" y=\"{bottom + 16:0.0}\">{tick:0}</text>");
        // A nested SVG clips the curves to the plot area.
        var (width, height) = (right - left, bottom - top);
        Append(svg, $"<svg x=\"{left:0.0}\" y=\"{top:0.0}\" width=\"{width:0.0}\" height=\"{height:0.0}\" ");
        Append(svg, $"viewBox=\"{left:0.0} {top:0.0} {width:0.0} {height:0.0}\">");
        foreach (var (run, epoch) in changes.Where(change => change.Epoch >= frame.Left && change.Epoch <= frame.Right))
            Append(svg, $"<path class=\"change\" stroke=\"{RunStyle.Color(run)}\" d=\"M{frame.X(epoch):0.0} {top:0.0}V{bottom:0.0}\"/>");
        foreach (var each in series)
        {
            var color = RunStyle.Color(each.Run);
            if (each.Split == "validation" && frame.Band(each) is { Length: > 0 } band)
                Append(svg, $"<path class=\"band\" fill=\"{color}\" d=\"{band}\"/>");
            Append(svg, $"<path class=\"curve {each.Split}\" stroke=\"{color}\" stroke-dasharray=\"{RunStyle.Dash(each.Run)}\" ");
            Append(svg, $"d=\"{frame.Path(each)}\"/>");
            var last = each.Points[^1];
            Append(svg, $"<circle r=\"2.5\" fill=\"{color}\" cx=\"{frame.X(last.Epoch):0.0}\" cy=\"{frame.Y(last.Value):0.0}\"/>");
            var step = Math.Max(1, each.Points.Count / MarkersOfCurve);
            foreach (var point in each.Points.Where((_, index) => RunStyle.Marker(each.Run).Length > 0 && index % step == step / 2))
                svg.Append(RunStyle.Mark(each.Run, frame.X(point.Epoch), frame.Y(point.Value)));
        }

        return svg.Append("</svg>").ToString();
    }

    private static void Append(StringBuilder svg, FormattableString part) => svg.Append(part.ToString(CultureInfo.InvariantCulture));
}
