using SkiaSharp;

namespace Elbo.Studio.Tests;

/// <summary>A PNG image of a page, decoded from its data URL.</summary>
internal sealed record DecodedPng(int Width, int Height, byte[] Grey)
{
    private const string Prefix = "data:image/png;base64,";
    private const int Margin = 2;
    private const int Side = 28;

    public static DecodedPng Read(string source)
    {
        Assert.StartsWith(Prefix, source);
        using var bitmap = SKBitmap.Decode(Convert.FromBase64String(source[Prefix.Length..]));
        Assert.NotNull(bitmap);
        return new DecodedPng(
            bitmap.Width,
            bitmap.Height,
            [.. Enumerable.Range(0, bitmap.Width * bitmap.Height).Select(i => bitmap.GetPixel(i % bitmap.Width, i / bitmap.Width).Red)]);
    }

    /// <summary>
    /// Splits an image grid into digits: border and gaps are two pixels wide, and each pixel of a digit has <paramref name="scale"/> by
    /// <paramref name="scale"/> pixels.
    /// </summary>
    public ExampleValues Digits(int columns, int scale)
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

        return new ExampleValues(MnistImages.Shape, values);
    }
}
