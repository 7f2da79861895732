using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Extending.Pipelines;

/// <summary>A picture of 6 by 5 pixels as ML.NET has it: a bright square in one colour.</summary>
internal sealed class Picture
{
    public const int Height = 6;
    public const int Width = 5;

    [ImageType(Height, Width)]
    public MLImage? Image { get; set; }

    /// <summary>A column of another type: ML.NET saves no schema of images alone.</summary>
    public int Number { get; set; }

    /// <summary>Red, green and blue of each pixel, channel by channel.</summary>
    [NoColumn]
    public byte[] Planes { get; init; } = [];

    public static Picture[] Some(int count, int seed, MLPixelFormat format = MLPixelFormat.Bgra32)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var planes = new byte[3 * Height * Width];
            var (top, left, channel) = (random.Next(Height - 2), random.Next(Width - 2), random.Next(3));
            for (var i = 0; i < planes.Length; i++)
            {
                var (y, x) = (i / Width % Height - top, i % Width - left);
                planes[i] = i / (Height * Width) == channel && y is >= 0 and < 3 && x is >= 0 and < 3 ? (byte)240 : (byte)random.Next(40);
            }

            return new Picture { Image = Of(planes, format), Planes = planes };
        })];
    }

    private static MLImage Of(byte[] planes, MLPixelFormat format)
    {
        var (pixels, plane) = (new byte[4 * Height * Width], Height * Width);
        for (var i = 0; i < plane; i++)
        {
            var (red, blue) = format == MLPixelFormat.Bgra32 ? (2, 0) : (0, 2);
            (pixels[4 * i + red], pixels[4 * i + 1], pixels[4 * i + blue], pixels[4 * i + 3]) =
                (planes[i], planes[plane + i], planes[2 * plane + i], 255);
        }

        return MLImage.CreateFromPixels(Width, Height, format, pixels);
    }
}
