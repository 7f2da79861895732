using SkiaSharp;

namespace Elbo;

/// <summary>Encodes PNG reproducibly: with explicit settings and without timestamps.</summary>
internal static class PngEncoding
{
    private const int CompressionLevel = 6;

    public static byte[] Encode(SKBitmap bitmap)
    {
        using var pixmap = bitmap.PeekPixels();
        using var data = pixmap.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, CompressionLevel))
            ?? throw new InvalidOperationException($"An image of {bitmap.Width} by {bitmap.Height} pixels could not be encoded as PNG.");
        return data.ToArray();
    }
}
