using ScottPlot;
using SkiaSharp;

namespace Elbo;

/// <summary>Draws a scatter plot of labelled points as a PNG image.</summary>
public static class LabelledPointPlot
{
    /// <summary>The width of the picture in pixels.</summary>
    public const int Width = 900;
    /// <summary>The height of the picture in pixels.</summary>
    public const int Height = 600;
    private const float MarkerSize = 9;
    private const float LabelSize = 15;

    // Fixed, so that the pixel positions of the points are known before rendering and labels can be placed without overlap.
    private static readonly PixelPadding Frame = new(left: 84, right: 24, bottom: 60, top: 44);

    /// <summary>Writes the image to a file atomically.</summary>
    /// <inheritdoc cref="ToPng"/>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="data">The data of the plot. Points that are not finite are skipped.</param>
    public static void Save(string path, LabelledPointPlotData data)
    {
        var png = ToPng(data);
        AtomicFile.WriteBytes(path, png);
    }

    /// <summary>Draws the plot.</summary>
    /// <param name="data">The data of the plot. Points that are not finite are skipped.</param>
    /// <returns>The bytes of a PNG file.</returns>
    /// <exception cref="SettingsException">No point is finite.</exception>
    public static byte[] ToPng(LabelledPointPlotData data)
    {
        LabelledPoint[] points = [.. data.Points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];
        if (points.Length == 0)
            throw new SettingsException("No finite points were given to draw: pass at least one point with finite coordinates.");
        using var plot = new Plot();
        plot.Layout.Fixed(Frame);
        SetLimits(plot, points);
        AddPoints(plot, points, data.AreJoined);
        AddLabels(plot, points);
        PlotText.Set(plot, data.Title, data.XLabel, data.YLabel);
        plot.Axes.Bottom.TickGenerator = PlotText.Ticks(wholeNumbers: false);
        plot.Axes.Left.TickGenerator = PlotText.Ticks(wholeNumbers: false);

        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.White);
            plot.RenderManager.ClearCanvasBeforeEachRender = false;
            plot.Render(canvas, new PixelRect(0, Width, Height, 0));
        }

        return PngEncoding.Encode(bitmap);
    }

    private static void SetLimits(Plot plot, LabelledPoint[] points)
    {
        var (left, right) = Widen([.. points.Select(point => point.X)]);
        var (bottom, top) = Widen([.. points.Select(point => point.Y)]);
        plot.Axes.SetLimits(left, right, bottom, top);
    }

    private static (double Low, double High) Widen(double[] values)
    {
        var (low, high) = (values.Min(), values.Max());
        var margin = high > low ? (high - low) * 0.1 : Math.Max(Math.Abs(low) * 0.1, 0.5);
        return (low - margin, high + margin);
    }

    private static void AddPoints(Plot plot, LabelledPoint[] points, bool areJoined)
    {
        Coordinates[] coordinates = [.. points.Select(point => new Coordinates(point.X, point.Y))];
        if (areJoined)
        {
            var line = plot.Add.ScatterLine(coordinates, Colors.LightGray);
            line.LineWidth = CurvePanelPlot.LineWidth;
        }

        var blue = CurvePalette.ColorOf(0);
        plot.Add.Markers(coordinates, MarkerShape.FilledCircle, MarkerSize, new Color(blue.Red, blue.Green, blue.Blue));
    }

    private static void AddLabels(Plot plot, LabelledPoint[] points)
    {
        using var font = EmbeddedFont.OfSize(LabelSize);
        var limits = plot.Axes.GetLimits();
        var area = new SKRect(Frame.Left, Frame.Top, Width - Frame.Right, Height - Frame.Bottom);
        var places = PlotLabelPlacement.Place(
            [.. points.Select(point => new SKPoint(
                area.Left + (float)((point.X - limits.Left) / limits.HorizontalSpan) * area.Width,
                area.Bottom - (float)((point.Y - limits.Bottom) / limits.VerticalSpan) * area.Height))],
            [.. points.Select(point => new SKSize(font.MeasureText(point.Label), font.Metrics.CapHeight + 4))],
            area,
            MarkerSize);
        foreach (var (point, offset) in points.Zip(places))
        {
            var text = plot.Add.Text(point.Label, point.X, point.Y);
            text.LabelFontName = PlotFont.Name;
            text.LabelFontSize = LabelSize;
            text.LabelFontColor = Colors.Black;
            text.LabelAlignment = Alignment.MiddleCenter;
            (text.OffsetX, text.OffsetY) = (offset.X, offset.Y);
        }
    }
}
