using SkiaSharp;

namespace Elbo;

/// <summary>The line above the panels: the title on the left, and on the right which colour is which curve.</summary>
internal static class CurveLegend
{
    private const float TitleSize = 18;
    private const float NameSize = 15;
    private const float SampleLength = 28;
    private const float Gap = 8;
    private const float EntryGap = 24;

    public static void Draw(SKCanvas canvas, string? title, IReadOnlyList<string> names, SKRect area)
    {
        using var titleFont = EmbeddedFont.OfSize(TitleSize);
        using var nameFont = EmbeddedFont.OfSize(NameSize);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        if (title is not null)
        {
            canvas.DrawText(title, area.Left, area.MidY + titleFont.Metrics.CapHeight / 2, SKTextAlign.Left, titleFont, ink);
        }

        var widths = names.Select(name => SampleLength + Gap + nameFont.MeasureText(name)).ToArray();
        var x = area.Right - widths.Sum() - EntryGap * (names.Count - 1);
        for (var i = 0; i < names.Count; i++)
        {
            DrawSample(canvas, i, x, area.MidY);
            canvas.DrawText(names[i], x + SampleLength + Gap, area.MidY + nameFont.Metrics.CapHeight / 2, SKTextAlign.Left, nameFont, ink);
            x += widths[i] + EntryGap;
        }
    }

    private static void DrawSample(SKCanvas canvas, int number, float x, float y)
    {
        using var dashes = CurvePalette.IsRepeated(number) ? SKPathEffect.CreateDash([6, 4], 0) : null;
        using var line = new SKPaint
        {
            Color = CurvePalette.ColorOf(number),
            StrokeWidth = CurvePanelPlot.LineWidth + 1,
            IsStroke = true,
            IsAntialias = true,
            PathEffect = dashes,
        };
        canvas.DrawLine(x, y, x + SampleLength, y, line);
    }
}
