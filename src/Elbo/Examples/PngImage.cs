using SkiaSharp;

namespace Elbo;

/// <summary>A decoded PNG file: [channels, height, width], with one channel if all its pixels are grey.</summary>
internal sealed record PngImage(ImageShape Shape, byte[] Pixels)
{
    private const int MaxSide = 4096;
    private const int MaxFileSize = 1 << 28;
    private const int BytesPerPixel = 4;

    /// <summary>
    /// Reads a file. Stored values are used without colour management; palettes are resolved, and 16 bits are reduced to 8. Transparency is
    /// rejected, because the background is unknown.
    /// </summary>
    /// <exception cref="InputException">The file is missing, corrupt, not a PNG file, too large or not opaque.</exception>
    public static PngImage Read(string path)
    {
        using var data = SKData.CreateCopy(InputFile.Read(path, stream => ReadBytes(stream, path)));
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat != SKEncodedImageFormat.Png)
            throw new InputException($"{path} is corrupt or not a PNG file: convert or remove it.");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width is < 1 or > MaxSide || height is < 1 or > MaxSide)
            throw new InputException(
                $"{path} is {width} by {height} pixels large, but at most {MaxSide} by {MaxSide} are supported: resize it.");

        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        if (codec.GetPixels(info, out var pixels) != SKCodecResult.Success)
            throw new InputException($"{path} is truncated or corrupt: its pixels cannot be decoded.");
        EnsureOpaque(pixels, path);
        return IsGrey(pixels)
            ? new PngImage(new ImageShape(1, height, width), TakeChannels(pixels, 1))
            : new PngImage(new ImageShape(3, height, width), TakeChannels(pixels, 3));
    }

    /// <summary>Returns the pixels with three channels.</summary>
    public byte[] ToColor() => Shape.Channels == 3 ? Pixels : [.. Pixels, .. Pixels, .. Pixels];

    private static byte[] ReadBytes(FileStream stream, string path)
    {
        if (stream.Length > MaxFileSize)
            throw new InputException($"{path} exceeds the maximum file size of {MaxFileSize} bytes: make it smaller.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static void EnsureOpaque(ReadOnlySpan<byte> pixels, string path)
    {
        for (var i = BytesPerPixel - 1; i < pixels.Length; i += BytesPerPixel)
        {
            if (pixels[i] != byte.MaxValue)
                throw new InputException(
                    $"{path} has transparent pixels, but only opaque images can be imported: flatten it onto a background.");
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
