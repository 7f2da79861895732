using SkiaSharp;

namespace Elbo.Server;

/// <summary>Reads the pictures of requests: PNG, JPEG, WebP, BMP or GIF, opaque and of the size of the model's.</summary>
internal static class PictureInput
{
    private const int BytesPerPixel = 4;

    /// <summary>Reads a picture.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="description">What the model takes.</param>
    /// <param name="name">What the picture is called in an answer.</param>
    /// <param name="values">Receives the pixels, channel by channel, from 0 to 1.</param>
    /// <exception cref="RequestException">It is no picture, or another than the model takes.</exception>
    public static void Read(byte[] file, ModelDescription description, string name, Span<float> values)
    {
        if (!description.IsOfPictures)
            throw RequestException.Invalid("The model is not of pictures: give its examples as 'values'.");
        var (channels, height, width) = (description.Shape[0], description.Shape[1], description.Shape[2]);
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null)
            throw RequestException.Invalid($"{name} is no PNG, JPEG, WebP, BMP or GIF file.");
        var size = codec.Info;
        if (size.Width > ServerLimits.PictureSide || size.Height > ServerLimits.PictureSide
            || (size.Width, size.Height) != (width, height))
        {
            throw RequestException.Invalid($"{name} is {size.Width} by {size.Height} pixels large: the model takes {width} by {height}.");
        }

        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        if (codec.GetPixels(info, out var pixels) != SKCodecResult.Success)
            throw RequestException.Invalid($"{name} is truncated or damaged.");
        for (var i = 0; i < width * height; i++)
        {
            var pixel = pixels.AsSpan(i * BytesPerPixel, BytesPerPixel);
            if (pixel[3] != byte.MaxValue)
                throw RequestException.Invalid($"{name} has transparent pixels: flatten it first.");
            if (channels == 1 && (pixel[0] != pixel[1] || pixel[0] != pixel[2]))
                throw RequestException.Invalid($"{name} has colours, and the model is of grey pictures: convert it first.");
            for (var channel = 0; channel < channels; channel++)
                values[(channel * width * height) + i] = pixel[Math.Min(channel, 2)] / (float)byte.MaxValue;
        }
    }
}
