using SkiaSharp;

namespace Elbo.Studio.Tests;

/// <summary>A picture as the page shows it: read from its data address by the graphics library, pixel by pixel.</summary>
internal sealed record ShownPicture(int Width, int Height, byte[] Grey)
{
    private const string Prefix = "data:image/png;base64,";
    private const int Margin = 2;
    private const int Side = 28;

    public static ShownPicture Read(string source)
    {
        Assert.StartsWith(Prefix, source);
        using var bitmap = SKBitmap.Decode(Convert.FromBase64String(source[Prefix.Length..]));
        Assert.NotNull(bitmap);
        return new ShownPicture(
            bitmap.Width,
            bitmap.Height,
            [.. Enumerable.Range(0, bitmap.Width * bitmap.Height).Select(i => bitmap.GetPixel(i % bitmap.Width, i / bitmap.Width).Red)]);
    }

    /// <summary>The digits of a page, taken apart: frame and gaps are two pixels wide, and each digit's pixel is <paramref name="scale"/> pixels.</summary>
    public Images Digits(int columns, int scale)
    {
        var cell = Side * scale + Margin;
        Assert.Equal(columns * cell + Margin, Width);
        var rows = (Height - Margin) / cell;
        var values = new float[rows * columns * Side * Side];
        for (var i = 0; i < values.Length; i++)
        {
            var (digit, pixel) = (i / (Side * Side), i % (Side * Side));
            var left = Margin + digit % columns * cell + pixel % Side * scale;
            var top = Margin + digit / columns * cell + pixel / Side * scale;
            values[i] = Grey[top * Width + left] / 255f;
        }

        return new Images(MnistPictures.Shape, values);
    }
}
