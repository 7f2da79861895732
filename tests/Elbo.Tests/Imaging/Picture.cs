using SkiaSharp;

namespace Elbo.Tests;

/// <summary>A decoded PNG file.</summary>
internal sealed class Picture
{
    private readonly SKColor[] _pixels;

    public Picture(byte[] png)
    {
        using var bitmap = SKBitmap.Decode(png) ?? throw new ArgumentException("The bytes are not an image.", nameof(png));
        (Width, Height, _pixels) = (bitmap.Width, bitmap.Height, bitmap.Pixels);
    }

    public int Width { get; }

    public int Height { get; }

    public SKColor this[int x, int y] => _pixels[y * Width + x];

    public int Count(SKColor color) => _pixels.Count(pixel => pixel == color);

    /// <summary>Returns the pixels of a region, row by row.</summary>
    public IEnumerable<SKColor> In(Range columns, Range rows)
    {
        var (left, width) = columns.GetOffsetAndLength(Width);
        var (top, height) = rows.GetOffsetAndLength(Height);
        return Enumerable.Range(top, height).SelectMany(y => Enumerable.Range(left, width).Select(x => this[x, y]));
    }

    /// <summary>Returns the rows of the image with one letter per pixel, according to the colours in <paramref name="letters"/>.</summary>
    public string[] Lines(params (SKColor Color, char Letter)[] letters) => [.. Enumerable.Range(0, Height).Select(y =>
        string.Concat(In(.., y..(y + 1)).Select(color => letters.Single(entry => entry.Color == color).Letter)))];
}
