using SkiaSharp;

namespace Elbo;

/// <summary>Draws the curves of a run as a PNG image with one panel per quantity and a shared legend.</summary>
internal static class CurvePlot
{
    public const int Width = 1200;
    public const int Height = 800;
    private const int Padding = 12;

    /// <summary>Writes the image to a file atomically.</summary>
    /// <exception cref="SettingsException">No series is given, or a series has different numbers of positions and values.</exception>
    public static void Save(string path, CurvePlotData data)
    {
        var png = ToPng(data);
        AtomicFile.Write(path, stream => stream.Write(png));
    }

    public static byte[] ToPng(CurvePlotData data)
    {
        EnsureDrawable(data);
        // ScottPlot writes the numbers at its axes by the current culture.
        return InvariantCulture.Run(() => Draw(data));
    }

    private static byte[] Draw(CurvePlotData data)
    {
        var panels = data.Series.Select(series => series.Panel).Distinct().ToArray();
        var names = data.Series.Select(series => series.Name).Distinct().ToArray();
        var columns = (int)Math.Ceiling(Math.Sqrt(panels.Length));
        var rows = (panels.Length - 1) / columns + 1;
        var legend = new CurveLegend(data.Title, names, new SKRect(2 * Padding, 0, Width - 2 * Padding, Height));
        var panelWidth = (float)(Width - Padding * (columns + 1)) / columns;
        var panelHeight = (Height - legend.Bottom - Padding * rows) / rows;

        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.White);
            legend.Draw(canvas);
            for (var i = 0; i < panels.Length; i++)
            {
                using var plot = CurvePanelPlot.Create(data, panels[i], names);
                var (left, top) = (Padding + i % columns * (panelWidth + Padding), legend.Bottom + i / columns * (panelHeight + Padding));
                plot.RenderManager.ClearCanvasBeforeEachRender = false;
                plot.Render(canvas, new ScottPlot.PixelRect(left, left + panelWidth, top + panelHeight, top));
            }
        }

        return PngEncoding.Encode(bitmap);
    }

    private static void EnsureDrawable(CurvePlotData data)
    {
        if (data.Series.Count == 0)
        {
            throw new SettingsException("No curves were given to draw: pass at least one series.");
        }

        foreach (var series in data.Series)
        {
            if (series.X.Count != series.Y.Count)
            {
                throw new SettingsException($"The curve '{series.Name}' of {series.Panel.Title} has {series.X.Count} positions and "
                    + $"{series.Y.Count} values: give one value per position.");
            }
        }
    }
}
