using SkiaSharp;

namespace Elbo;

/// <summary>Draws several image grids side by side into one PNG picture, so that the eye compares them.</summary>
internal static class ImageGridRow
{
    private const int Gap = 16;

    /// <summary>Writes the picture to a file that appears whole or not at all.</summary>
    /// <inheritdoc cref="ToPng"/>
    public static void Save(string path, IReadOnlyList<(Images Images, ImageGridOptions Options)> grids, int perRow)
    {
        var png = ToPng(grids, perRow);
        AtomicFile.WriteBytes(path, png);
    }

    /// <param name="grids">At least one grid; a heading is its <see cref="ImageGridOptions.Title"/>.</param>
    /// <param name="perRow">How many stand side by side before the next one goes below them.</param>
    /// <exception cref="ConfigurationException">There is no grid.</exception>
    public static byte[] ToPng(IReadOnlyList<(Images Images, ImageGridOptions Options)> grids, int perRow)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perRow);
        if (grids.Count == 0)
            throw new ConfigurationException("There are no image grids to put side by side: give at least one.");
        var drawn = new List<SKBitmap>();
        try
        {
            foreach (var (images, options) in grids)
                drawn.Add(ImageGrid.Draw(images, options));
            return Compose([.. drawn.Chunk(perRow)]);
        }
        finally
        {
            drawn.ForEach(bitmap => bitmap.Dispose());
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
