using SkiaSharp;

namespace Elbo;

/// <summary>
/// Reads PNG, JPEG, WebP, BMP and GIF files; the content decides, not the ending of the name. Stored values are used without colour
/// management, palettes are resolved, and a picture is turned as its file says that it is to be shown.
/// </summary>
internal static class PictureDecoder
{
    private const int MaxFileSize = 1 << 28;
    private const int MaxPixels = 1 << 25;
    private const int BytesPerPixel = 4;

    private static readonly SKEncodedImageFormat[] Formats =
    [
        SKEncodedImageFormat.Png, SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Webp, SKEncodedImageFormat.Bmp, SKEncodedImageFormat.Gif,
    ];

    /// <summary>The size of a picture, and whether it has 16 bits, from its header alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isResized">Whether it will be scaled, so that it may be larger than an image of a dataset.</param>
    /// <exception cref="InputException">The file is missing, corrupt, of another format, too large, or has several pictures.</exception>
    public static (PictureSize Size, bool IsDeep) ReadHeader(string path, bool isResized)
    {
        var bytes = ReadBytes(path);
        using var codec = Open(bytes, path, isResized);
        return (Displayed(codec), SixteenBitPng.Is(bytes));
    }

    /// <summary>Reads a picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="background">What transparent pixels are flattened onto; null to refuse them.</param>
    /// <param name="isResized">Whether it will be scaled, so that it may be larger than an image of a dataset.</param>
    /// <exception cref="InputException">
    /// The file is missing, corrupt, of another format, too large, has several pictures or is not opaque.
    /// </exception>
    public static DecodedPicture Read(string path, PictureBackground? background = null, bool isResized = false)
    {
        var bytes = ReadBytes(path);
        using var codec = Open(bytes, path, isResized);
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        if (codec.GetPixels(info, out var pixels) != SKCodecResult.Success)
            throw new InputException($"{path} is truncated or corrupt: its pixels cannot be decoded.");
        var isDeep = SixteenBitPng.Is(bytes);
        var samples = isDeep ? ReadDeep(bytes, width, height, path) : Array.ConvertAll(pixels, value => (ushort)value);
        Flatten(samples, background, isDeep ? ushort.MaxValue : byte.MaxValue, path);
        var channels = IsGrey(samples) ? 1 : 3;
        var size = Displayed(codec);
        return new DecodedPicture(
            new ImageShape(channels, size.Height, size.Width), TakePlanes(samples, channels, width, height, codec.EncodedOrigin), isDeep);
    }

    private static byte[] ReadBytes(string path) => InputFile.Read(path, stream =>
    {
        if (stream.Length > MaxFileSize)
            throw new InputException($"{path} exceeds the maximum file size of {MaxFileSize} bytes: make it smaller.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    });

    private static SKCodec Open(byte[] bytes, string path, bool isResized)
    {
        // Skia keeps the data as long as it needs it.
        using var data = SKData.CreateCopy(bytes);
        var codec = SKCodec.Create(data);
        if (codec is null || !Formats.Contains(codec.EncodedFormat))
        {
            codec?.Dispose();
            throw new InputException($"{path} is corrupt or not a picture ({PictureFiles.Formats}): convert or remove it.");
        }

        try
        {
            EnsureSupported(codec, path, isResized);
            return codec;
        }
        catch
        {
            codec.Dispose();
            throw;
        }
    }

    private static void EnsureSupported(SKCodec codec, string path, bool isResized)
    {
        var (width, height) = Displayed(codec);
        var isTooLarge = isResized
            ? (long)width * height > MaxPixels
            : width > PictureSize.MaxSide || height > PictureSize.MaxSide;
        if (width < 1 || height < 1 || isTooLarge)
        {
            throw new InputException($"{path} is {width} by {height} pixels large, but "
                + (isResized ? $"at most {MaxPixels} pixels are supported: make it smaller."
                    : $"at most {PictureSize.MaxSide} by {PictureSize.MaxSide} are supported: give a size as Resize."));
        }

        if (codec.FrameCount > 1)
            throw new InputException($"{path} is an animation of {codec.FrameCount} pictures: save those to use as files of their own.");
    }

    private static PictureSize Displayed(SKCodec codec) => IsTurned(codec.EncodedOrigin)
        ? new PictureSize(codec.Info.Height, codec.Info.Width)
        : new PictureSize(codec.Info.Width, codec.Info.Height);

    private static bool IsTurned(SKEncodedOrigin origin) =>
        origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    private static ushort[] ReadDeep(byte[] bytes, int width, int height, string path)
    {
        try
        {
            return SixteenBitPng.Read(bytes, width, height);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new InputException($"{path} is truncated or corrupt: its pixels cannot be decoded.", exception);
        }
    }

    private static void Flatten(ushort[] samples, PictureBackground? background, int opaque, string path)
    {
        for (var i = 0; i < samples.Length; i += BytesPerPixel)
        {
            var alpha = samples[i + 3];
            if (alpha == opaque)
                continue;
            if (background is not { } behind)
            {
                throw new InputException($"{path} has transparent pixels: give the colour to flatten them onto as Background, such as "
                    + "white, or flatten the picture yourself.");
            }

            samples[i] = Blend(samples[i], behind.Red);
            samples[i + 1] = Blend(samples[i + 1], behind.Green);
            samples[i + 2] = Blend(samples[i + 2], behind.Blue);
            samples[i + 3] = (ushort)opaque;

            ushort Blend(ushort front, ushort back) =>
                (ushort)Math.Round((front * (double)alpha + back * (double)opaque / ushort.MaxValue * (opaque - alpha)) / opaque);
        }
    }

    private static bool IsGrey(ReadOnlySpan<ushort> samples)
    {
        for (var i = 0; i < samples.Length; i += BytesPerPixel)
        {
            if (samples[i] != samples[i + 1] || samples[i] != samples[i + 2])
                return false;
        }

        return true;
    }

    private static ushort[] TakePlanes(ushort[] samples, int channels, int width, int height, SKEncodedOrigin origin)
    {
        var (columns, rows) = IsTurned(origin) ? (height, width) : (width, height);
        var planes = new ushort[channels * width * height];
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                // Where the pixel that is shown at x and y is stored.
                var (column, row) = origin switch
                {
                    SKEncodedOrigin.TopRight => (width - 1 - x, y),
                    SKEncodedOrigin.BottomRight => (width - 1 - x, height - 1 - y),
                    SKEncodedOrigin.BottomLeft => (x, height - 1 - y),
                    SKEncodedOrigin.LeftTop => (y, x),
                    SKEncodedOrigin.RightTop => (y, height - 1 - x),
                    SKEncodedOrigin.RightBottom => (width - 1 - y, height - 1 - x),
                    SKEncodedOrigin.LeftBottom => (width - 1 - y, x),
                    _ => (x, y),
                };
                for (var channel = 0; channel < channels; channel++)
                    planes[(channel * height * width) + y * columns + x] = samples[(row * width + column) * BytesPerPixel + channel];
            }
        }

        return planes;
    }
}
