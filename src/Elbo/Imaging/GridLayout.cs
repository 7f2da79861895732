using SkiaSharp;

namespace Elbo;

/// <summary>The layout of an image grid, in pixels of the output image.</summary>
internal sealed class GridLayout
{
    public const float LabelSize = 13;
    public const float TitleSize = 16;
    private const int Padding = 6;
    private const int DefaultMinSide = 56;

    // Images much longer than they are wide, such as spectra, are enlarged less: their short side would make the long one fill a page.
    private const int ElongatedRatio = 8;
    private const int DefaultMaxElongatedSide = 1_024;
    private const int MaxSide = 32_767;
    private const long MaxArea = 1L << 28;

    public GridLayout(ExampleValues images, ImageGridOptions options)
    {
        var image = images.Shape.RequireImage("A grid");
        Columns = options.Columns ?? (int)Math.Ceiling(Math.Sqrt(images.Count));
        Scale = options.Scale ?? DefaultScale(image);
        Margin = options.Margin;
        Ensure(Columns >= 1, $"An image grid cannot have {Columns} columns: set Columns to 1 or more.");
        Ensure(Scale >= 1, $"An image grid cannot have a scale of {Scale}: set Scale to 1 or more.");
        Ensure(Margin >= 0, $"An image grid cannot have a margin of {Margin}: set Margin to 0 or more.");
        Rows = (images.Count - 1) / Columns + 1;
        EnsureLabels(options.RowLabels, Rows, "row");
        EnsureLabels(options.ColumnLabels, Columns, "column");

        using var labelFont = EmbeddedFont.OfSize(LabelSize);
        using var titleFont = EmbeddedFont.OfSize(TitleSize);
        var (cellWidth, cellHeight) = ((long)image.Width * Scale, (long)image.Height * Scale);
        var widestColumnLabel = Widest(labelFont, options.ColumnLabels);
        HasVerticalColumnLabels = widestColumnLabel > cellWidth;
        var labelHeight = (int)MathF.Ceiling(labelFont.Spacing);
        var verticalLabels = HasVerticalColumnLabels ? options.ColumnLabels : null;
        if (options.Scale is not null)
        {
            EnsureRoom(options.RowLabels, cellHeight, labelHeight, "row", "high");
            EnsureRoom(verticalLabels, cellWidth, labelHeight, "column", "wide");
        }

        // Images that are lower, or narrower, than a label have gaps between them.
        var rowHeight = options.RowLabels is null ? cellHeight : Math.Max(cellHeight, labelHeight);
        var columnWidth = verticalLabels is null ? cellWidth : Math.Max(cellWidth, labelHeight);

        TitleHeight = options.Title is null ? 0 : (int)MathF.Ceiling(titleFont.Spacing) + Padding;
        GridLeft = options.RowLabels is null ? 0 : Widest(labelFont, options.RowLabels) + 2 * Padding;
        GridTop = TitleHeight + (options.ColumnLabels is null ? 0 : (HasVerticalColumnLabels ? widestColumnLabel : labelHeight) + Padding);
        var gridWidth = Columns * (columnWidth + Margin) + Margin;
        var gridHeight = Rows * (rowHeight + Margin) + Margin;
        var titleWidth = options.Title is null ? 0 : Widest(titleFont, [options.Title]) + 2 * Padding;
        var (width, height) = (Math.Max(GridLeft + gridWidth, titleWidth), GridTop + gridHeight);
        Ensure(
            width <= MaxSide && height <= MaxSide && width * height <= MaxArea,
            $"An image grid of {width} by {height} pixels is too large to draw: use fewer images or a smaller Scale.");
        (CellWidth, CellHeight, GridWidth, GridHeight) = ((int)cellWidth, (int)cellHeight, (int)gridWidth, (int)gridHeight);
        (Width, Height, ColumnWidth, RowHeight) = ((int)width, (int)height, (int)columnWidth, (int)rowHeight);
    }

    public int Columns { get; }

    public int Rows { get; }

    public int Scale { get; }

    public int Margin { get; }

    public int CellWidth { get; }

    public int CellHeight { get; }

    public int ColumnWidth { get; }

    public int RowHeight { get; }

    public int Width { get; }

    public int Height { get; }

    public int TitleHeight { get; }

    public int GridLeft { get; }

    public int GridTop { get; }

    public int GridWidth { get; }

    public int GridHeight { get; }

    public bool HasVerticalColumnLabels { get; }

    public int CellLeft(int column) => GridLeft + Margin + column * (ColumnWidth + Margin) + (ColumnWidth - CellWidth) / 2;

    public int CellTop(int row) => GridTop + Margin + row * (RowHeight + Margin) + (RowHeight - CellHeight) / 2;

    /// <summary>The right edge of the row labels.</summary>
    public int RowLabelEnd => GridLeft - Padding;

    /// <summary>The lower edge of the column labels.</summary>
    public int ColumnLabelEnd => GridTop - Padding / 2;

    private static int DefaultScale(ImageShape image)
    {
        var (shorter, longer) = (Math.Min(image.Width, image.Height), Math.Max(image.Width, image.Height));
        var scale = (DefaultMinSide - 1) / shorter + 1;
        return longer > ElongatedRatio * shorter ? Math.Min(scale, Math.Max(1, DefaultMaxElongatedSide / longer)) : scale;
    }

    private static int Widest(SKFont font, IReadOnlyList<string>? labels) =>
        labels is null ? 0 : (int)MathF.Ceiling(labels.Max(label => font.MeasureText(label)));

    private static void EnsureLabels(IReadOnlyList<string>? labels, int count, string what) => Ensure(
        labels is null || labels.Count == count,
        $"An image grid with {count} {what}s has {labels?.Count} {what} labels: give one for each {what}.");

    private static void EnsureRoom(IReadOnlyList<string>? labels, long room, int needed, string what, string direction) => Ensure(
        labels is null || room >= needed,
        $"Images drawn {room} pixels {direction} have no room for {what} labels: "
            + $"set a Scale that makes them at least {needed} pixels {direction}.");

    private static void Ensure(bool condition, string message)
    {
        if (!condition)
        {
            throw new SettingsException(message);
        }
    }
}
