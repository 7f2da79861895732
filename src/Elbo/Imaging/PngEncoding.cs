using SkiaSharp;

namespace Elbo;

/// <summary>Encodes PNG reproducibly: with explicit settings and without timestamps.</summary>
internal static class PngEncoding
{
    private const int CompressionLevel = 6;

    public static byte[] Encode(SKBitmap bitmap) => Encode(bitmap, SKPngEncoderFilterFlags.AllFilters);

    /// <summary>
    /// Encodes a bitmap of four bytes a pixel with one channel if all of its pixels are grey: such a file is two thirds as large.
    /// </summary>
    public static byte[] EncodeGreyAsOneChannel(SKBitmap bitmap)
    {
        var pixels = bitmap.GetPixelSpan();
        using var grey = new SKBitmap(new SKImageInfo(bitmap.Width, bitmap.Height, SKColorType.Gray8, SKAlphaType.Opaque));
        var target = grey.GetPixelSpan();
        for (var y = 0; y < bitmap.Height; y++)
        {
            var line = pixels.Slice(y * bitmap.RowBytes, bitmap.Width * bitmap.BytesPerPixel);
            for (var x = 0; x < bitmap.Width; x++)
            {
                var pixel = line.Slice(x * bitmap.BytesPerPixel, bitmap.BytesPerPixel);
                if (pixel[0] != pixel[1] || pixel[0] != pixel[2])
                    return Encode(bitmap);
                target[y * grey.RowBytes + x] = pixel[0];
            }
        }

        // Among digits, differences to the left are the smallest files; the encoder's own choice for each row is a fourth larger.
        return Encode(grey, SKPngEncoderFilterFlags.Sub);
    }

    private static byte[] Encode(SKBitmap bitmap, SKPngEncoderFilterFlags filters)
    {
        using var pixmap = bitmap.PeekPixels();
        using var data = pixmap.Encode(new SKPngEncoderOptions(filters, CompressionLevel))
            ?? throw new InvalidOperationException($"An image of {bitmap.Width} by {bitmap.Height} pixels could not be encoded as PNG.");
        return data.ToArray();
    }
}
