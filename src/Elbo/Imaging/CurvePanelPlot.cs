using ScottPlot;

namespace Elbo;

/// <summary>One panel of a <see cref="CurvePlot"/>: the curves of one quantity.</summary>
internal static class CurvePanelPlot
{
    public const float LineWidth = 2;
    private const float MarkerLabelSize = 12;
    private const float LeftAxisWidth = 72;
    private const int MaxPointsWithMarkers = 40;
    private static readonly Color MarkerColor = Colors.Gray;

    /// <param name="data">The data of the whole figure.</param>
    /// <param name="panel">The quantity to draw.</param>
    /// <param name="names">The names of all curves of the figure; their order determines their colours.</param>
    public static Plot Create(CurvePlotData data, CurvePanel panel, IReadOnlyList<string> names)
    {
        var plot = new Plot();
        var curves = data.Series.Where(series => series.Panel == panel)
            .Select(series => (series.Name, Points: FinitePoints(series))).ToArray();
        SetLimits(plot, data, [.. curves.SelectMany(curve => curve.Points).Select(point => point.Y)]);
        foreach (var marker in data.Markers.Where(marker => double.IsFinite(marker.X)))
        {
            AddMarker(plot, marker);
        }

        foreach (var (name, points) in curves.Where(curve => curve.Points.Length > 0))
        {
            AddCurve(plot, names.ToList().IndexOf(name), points);
        }

        if (curves.All(curve => curve.Points.Length == 0))
        {
            AddEmptyNotice(plot);
        }

        SetText(plot, data.XLabel, panel, curves.All(curve => curve.Points.All(point => double.IsInteger(point.Y))));
        return plot;
    }

    private static Coordinates[] FinitePoints(CurveSeries series) =>
        [.. series.X.Zip(series.Y, (x, y) => new Coordinates(x, y)).Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];

    // All panels have the same x range, so that they are comparable even if a quantity was measured less often.
    private static void SetLimits(Plot plot, CurvePlotData data, double[] values)
    {
        var positions = data.Series.SelectMany(FinitePoints).Select(point => point.X)
            .Concat(data.Markers.Select(marker => marker.X).Where(double.IsFinite)).DefaultIfEmpty(0).ToArray();
        var (left, right) = Widen(positions.Min(), positions.Max(), 0.03);
        var (bottom, top) = Widen(values.DefaultIfEmpty(0).Min(), values.DefaultIfEmpty(1).Max(), 0.06);
        plot.Axes.SetLimits(left, right, bottom, top);
    }

    // A single value has an empty range, but axes need a non-empty one.
    private static (double Low, double High) Widen(double low, double high, double share)
    {
        var margin = high > low ? (high - low) * share : Math.Max(Math.Abs(low) * share, 0.5);
        return (low - margin, high + margin);
    }

    private static void AddCurve(Plot plot, int number, Coordinates[] points)
    {
        var skia = CurvePalette.ColorOf(number);
        var curve = plot.Add.Scatter(points, new Color(skia.Red, skia.Green, skia.Blue));
        curve.LineWidth = LineWidth;
        curve.LinePattern = CurvePalette.IsRepeated(number) ? LinePattern.Dashed : LinePattern.Solid;
        curve.MarkerShape = MarkerShape.FilledCircle;
        curve.MarkerSize = points.Length <= MaxPointsWithMarkers ? 6 : 0;
    }

    private static void AddMarker(Plot plot, CurveMarker marker)
    {
        plot.Add.VerticalLine(marker.X, 1, MarkerColor, LinePattern.Dashed);
        var label = plot.Add.Text(marker.Label, marker.X, plot.Axes.GetLimits().Top);
        label.LabelFontName = PlotFont.Name;
        label.LabelFontSize = MarkerLabelSize;
        label.LabelFontColor = Colors.DimGray;
        label.LabelRotation = -90;
        label.LabelAlignment = Alignment.UpperRight;
        label.OffsetX = 3;
        label.OffsetY = 6;
    }

    private static void AddEmptyNotice(Plot plot)
    {
        var limits = plot.Axes.GetLimits();
        var notice = plot.Add.Text("no finite values", limits.HorizontalCenter, limits.VerticalCenter);
        notice.LabelFontName = PlotFont.Name;
        notice.LabelFontSize = PlotText.LabelSize;
        notice.LabelFontColor = Colors.DimGray;
        notice.LabelAlignment = Alignment.MiddleCenter;
    }

    private static void SetText(Plot plot, string xLabel, CurvePanel panel, bool wholeNumbers)
    {
        PlotText.Set(plot, panel.Title, xLabel, panel.Unit);
        plot.Axes.Bottom.TickGenerator = PlotText.Ticks(wholeNumbers: true);
        plot.Axes.Left.TickGenerator = PlotText.Ticks(wholeNumbers);
        plot.Axes.Left.MinimumSize = LeftAxisWidth; // the same in every panel, so that the panels of a column are aligned
    }
}
