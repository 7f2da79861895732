using System.Globalization;
using System.Text;

namespace Elbo.Studio;

/// <summary>
/// Draws the curves of one term as SVG content: a colour per run, validation as solid and training as dashed lines, weight changes as
/// vertical lines.
/// </summary>
internal static class RunChartSvg
{
    /// <summary>The colours of the compared runs, distinguishable with colour blindness (Okabe and Ito 2008).</summary>
    public static IReadOnlyList<string> Colors { get; } = ["#0072b2", "#d55e00", "#009e73", "#cc79a7"];

    public static string Draw(IReadOnlyList<RunSeries> series, IReadOnlyList<(int Run, int Epoch)> changes)
    {
        var frame = ChartFrame.Around(series);
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
        foreach (var (run, epoch) in changes)
            Append(svg, $"<path class=\"change\" stroke=\"{Colors[run]}\" d=\"M{frame.X(epoch):0.0} {top:0.0}V{bottom:0.0}\"/>");
        foreach (var each in series)
        {
            Append(svg, $"<path class=\"curve {each.Split}\" stroke=\"{Colors[each.Run]}\" d=\"{frame.Path(each)}\"/>");
            var (epoch, value) = each.Points[^1];
            Append(svg, $"<circle r=\"2.5\" fill=\"{Colors[each.Run]}\" cx=\"{frame.X(epoch):0.0}\" cy=\"{frame.Y(value):0.0}\"/>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static void Append(StringBuilder svg, FormattableString part) => svg.Append(part.ToString(CultureInfo.InvariantCulture));
}
