using SkiaSharp;

namespace Elbo;

/// <summary>One decoded PNG file: [channels, height, width], with one channel where all its pixels are grey.</summary>
internal sealed record PngImage(ImageShape Shape, byte[] Pixels)
{
    private const int LargestSide = 4096;
    private const int LargestFile = 1 << 28;
    private const int BytesPerPixel = 4;

    /// <summary>
    /// Reads a file. Values are those stored, without colour management; palettes become colours, and 16 bits become 8. Transparency is
    /// refused, because what shows through it is not in the file.
    /// </summary>
    /// <exception cref="DataException">The file is missing, corrupt, no PNG, too large or not opaque.</exception>
    public static PngImage Read(string path)
    {
        using var data = SKData.CreateCopy(InputFile.Read(path, stream => ReadBytes(stream, path)));
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat != SKEncodedImageFormat.Png)
            throw new DataException($"{path} is corrupt or not a PNG file: convert or remove it.");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width is < 1 or > LargestSide || height is < 1 or > LargestSide)
            throw new DataException($"{path} is {width} by {height} pixels large, and {LargestSide} a side are the most: make it smaller.");

        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        if (codec.GetPixels(info, out var pixels) != SKCodecResult.Success)
            throw new DataException($"{path} is truncated or corrupt: its pixels cannot be decoded.");
        RequireOpaque(pixels, path);
        return IsGrey(pixels)
            ? new PngImage(new ImageShape(1, height, width), TakeChannels(pixels, 1))
            : new PngImage(new ImageShape(3, height, width), TakeChannels(pixels, 3));
    }

    /// <summary>The pixels with three channels, whatever the image has.</summary>
    public byte[] ToColor() => Shape.Channels == 3 ? Pixels : [.. Pixels, .. Pixels, .. Pixels];

    private static byte[] ReadBytes(FileStream stream, string path)
    {
        if (stream.Length > LargestFile)
            throw new DataException($"{path} is larger than any image of {LargestSide} by {LargestSide} pixels: make it smaller.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static void RequireOpaque(ReadOnlySpan<byte> pixels, string path)
    {
        for (var i = BytesPerPixel - 1; i < pixels.Length; i += BytesPerPixel)
        {
            if (pixels[i] != byte.MaxValue)
                throw new DataException($"{path} is partly transparent, and only opaque images can be imported: put it on a background.");
        }
    }

    private static bool IsGrey(ReadOnlySpan<byte> pixels)
    {
        for (var i = 0; i < pixels.Length; i += BytesPerPixel)
        {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2])
                return false;
        }

        return true;
    }

    private static byte[] TakeChannels(ReadOnlySpan<byte> pixels, int channels)
    {
        var count = pixels.Length / BytesPerPixel;
        var planes = new byte[count * channels];
        for (var channel = 0; channel < channels; channel++)
        {
            for (var i = 0; i < count; i++)
                planes[(channel * count) + i] = pixels[(i * BytesPerPixel) + channel];
        }

        return planes;
    }
}
