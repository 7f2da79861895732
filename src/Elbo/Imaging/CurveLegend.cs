using SkiaSharp;

namespace Elbo;

/// <summary>
/// The header above the panels: the title on the left and the legend, right-aligned. If they do not fit on one line, the legend entries are
/// placed on lines below the title.
/// </summary>
internal sealed class CurveLegend
{
    private const float TitleSize = 18;
    private const float NameSize = 15;
    private const float LineHeight = 26;
    private const float Margin = 9;
    private const float SampleLength = 28;
    private const float Gap = 8;
    private const float EntryGap = 24;

    private readonly string? _title;
    private readonly SKRect _area;
    private readonly List<(string Name, int Number, float X, int Line)> _entries = [];

    /// <param name="title">The title, or null.</param>
    /// <param name="names">The names of the curves; their order determines their colours.</param>
    /// <param name="area">The available area; the header uses as much of the height as it needs.</param>
    public CurveLegend(string? title, IReadOnlyList<string> names, SKRect area)
    {
        (_title, _area) = (title, area);
        using var titleFont = EmbeddedFont.OfSize(TitleSize);
        using var nameFont = EmbeddedFont.OfSize(NameSize);
        var titleWidth = title is null ? 0 : titleFont.MeasureText(title) + EntryGap;
        var widths = names.Select(name => SampleLength + Gap + nameFont.MeasureText(name) + EntryGap).ToArray();
        var fits = titleWidth + widths.Sum() - EntryGap <= area.Width;
        var (x, line) = fits ? (area.Right - widths.Sum() + EntryGap, 0) : (area.Left, title is null ? 0 : 1);
        for (var i = 0; i < names.Count; i++)
        {
            if (x > area.Left && x + widths[i] - EntryGap > area.Right + 1)
            {
                (x, line) = (area.Left, line + 1);
            }

            _entries.Add((names[i], i, x, line));
            x += widths[i];
        }

        Bottom = area.Top + 2 * Margin + (line + 1) * LineHeight;
    }

    /// <summary>The lower edge of the header.</summary>
    public float Bottom { get; }

    public void Draw(SKCanvas canvas)
    {
        using var titleFont = EmbeddedFont.OfSize(TitleSize);
        using var nameFont = EmbeddedFont.OfSize(NameSize);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        if (_title is not null)
        {
            canvas.DrawText(_title, _area.Left, MiddleOf(0) + titleFont.Metrics.CapHeight / 2, SKTextAlign.Left, titleFont, ink);
        }

        foreach (var (name, number, x, line) in _entries)
        {
            DrawSample(canvas, number, x, MiddleOf(line));
            var baseline = MiddleOf(line) + nameFont.Metrics.CapHeight / 2;
            canvas.DrawText(name, x + SampleLength + Gap, baseline, SKTextAlign.Left, nameFont, ink);
        }
    }

    private float MiddleOf(int line) => _area.Top + Margin + (line + 0.5f) * LineHeight;

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
