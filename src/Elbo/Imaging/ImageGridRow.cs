using SkiaSharp;

namespace Elbo;

/// <summary>Draws several image grids side by side as one PNG image, for comparison.</summary>
public static class ImageGridRow
{
    private const int Gap = 16;

    /// <summary>Writes the image to a file atomically.</summary>
    /// <inheritdoc cref="ToPng"/>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="grids">At least one grid.</param>
    /// <param name="perRow">The number of grids per row.</param>
    public static void Save(string path, IReadOnlyList<(ExampleValues Images, ImageGridOptions Options)> grids, int perRow)
    {
        var png = ToPng(grids, perRow);
        AtomicFile.WriteBytes(path, png);
    }

    /// <summary>Draws the grids.</summary>
    /// <param name="grids">At least one grid; its <see cref="ImageGridOptions.Title"/> is the heading.</param>
    /// <param name="perRow">The number of grids per row.</param>
    /// <returns>The bytes of a PNG file.</returns>
    /// <exception cref="SettingsException">No grid is given.</exception>
    public static byte[] ToPng(IReadOnlyList<(ExampleValues Images, ImageGridOptions Options)> grids, int perRow)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perRow);
        if (grids.Count == 0)
            throw new SettingsException("No image grids were given to draw: pass at least one.");
        var bitmaps = new List<SKBitmap>();
        try
        {
            foreach (var (images, options) in grids)
                bitmaps.Add(ImageGrid.Draw(images, options));
            return Compose([.. bitmaps.Chunk(perRow)]);
        }
        finally
        {
            bitmaps.ForEach(bitmap => bitmap.Dispose());
        }
    }

    private static byte[] Compose(SKBitmap[][] rows)
    {
        var width = rows.Max(row => row.Sum(bitmap => bitmap.Width + Gap)) + Gap;
        var height = rows.Sum(row => row.Max(bitmap => bitmap.Height) + Gap) + Gap;
        using var page = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(page))
        {
            canvas.Clear(SKColors.White);
            var top = Gap;
            foreach (var row in rows)
            {
                var left = Gap;
                foreach (var bitmap in row)
                {
                    canvas.DrawBitmap(bitmap, left, top);
                    left += bitmap.Width + Gap;
                }

                top += row.Max(bitmap => bitmap.Height) + Gap;
            }
        }

        return PngEncoding.Encode(page);
    }
}
