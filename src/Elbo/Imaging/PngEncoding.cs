using SkiaSharp;

namespace Elbo;

/// <summary>PNG with every setting that changes its bytes stated, and nothing in it that depends on the clock.</summary>
internal static class PngEncoding
{
    private const int CompressionLevel = 6;

    public static byte[] Encode(SKBitmap bitmap)
    {
        using var pixmap = bitmap.PeekPixels();
        using var data = pixmap.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, CompressionLevel))
            ?? throw new InvalidOperationException($"A picture of {bitmap.Width} by {bitmap.Height} pixels could not be encoded as PNG.");
        return data.ToArray();
    }
}
