using SkiaSharp;

namespace Elbo;

/// <summary>The title and the labels of an image grid.</summary>
internal static class GridText
{
    public static void Draw(SKCanvas canvas, GridLayout layout, ImageGridOptions options, SKColor color)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        using var labelFont = EmbeddedFont.OfSize(GridLayout.LabelSize);
        using var titleFont = EmbeddedFont.OfSize(GridLayout.TitleSize);
        if (options.Title is { } title)
        {
            DrawCentred(canvas, title, titleFont, paint, layout.Width / 2f, layout.TitleHeight / 2f);
        }

        for (var row = 0; row < options.RowLabels?.Count; row++)
        {
            var middle = layout.CellTop(row) + layout.CellHeight / 2f + BaselineBelowMiddle(labelFont);
            canvas.DrawText(options.RowLabels[row], layout.RowLabelEnd, middle, SKTextAlign.Right, labelFont, paint);
        }

        for (var column = 0; column < options.ColumnLabels?.Count; column++)
        {
            var middle = layout.CellLeft(column) + layout.CellWidth / 2f;
            if (layout.HasVerticalColumnLabels)
            {
                canvas.Save();
                canvas.RotateDegrees(-90, middle, layout.ColumnLabelEnd);
                var baseline = layout.ColumnLabelEnd + BaselineBelowMiddle(labelFont);
                canvas.DrawText(options.ColumnLabels[column], middle, baseline, SKTextAlign.Left, labelFont, paint);
                canvas.Restore();
            }
            else
            {
                var centre = (layout.TitleHeight + layout.ColumnLabelEnd) / 2f;
                DrawCentred(canvas, options.ColumnLabels[column], labelFont, paint, middle, centre);
            }
        }
    }

    private static void DrawCentred(SKCanvas canvas, string text, SKFont font, SKPaint paint, float x, float y) =>
        canvas.DrawText(text, x, y + BaselineBelowMiddle(font), SKTextAlign.Center, font, paint);

    // Centre the text by the height of capital letters.
    private static float BaselineBelowMiddle(SKFont font) => font.Metrics.CapHeight / 2;
}
