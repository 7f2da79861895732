namespace Elbo;

/// <summary>The order of the bytes of an image with several channels.</summary>
public enum PixelLayout
{
    /// <summary>Channel by channel, each row by row: [channels, height, width], as Elbo stores images.</summary>
    Planar,

    /// <summary>Pixel by pixel: [height, width, channels], as most libraries that decode pictures have them.</summary>
    Interleaved,
}

/// <summary>Reorders bytes.</summary>
internal static class PixelLayouts
{
    public static void CopyToPlanes(this PixelLayout layout, ReadOnlySpan<byte> image, Span<byte> planes, int channels)
    {
        if (layout == PixelLayout.Planar)
        {
            image.CopyTo(planes);
            return;
        }

        var pixels = image.Length / channels;
        for (var i = 0; i < image.Length; i++)
            planes[i % channels * pixels + i / channels] = image[i];
    }
}
