using System.Runtime.CompilerServices;
using Microsoft.ML.Data;
using SkiaSharp;

namespace Elbo.ML.Columns;

/// <summary>Reads images of ML.NET.</summary>
internal static class ImagePixels
{
    private const int BytesPerPixel = 4;

    // ML.NET 5 is made for SkiaSharp 2: with version 3, which Elbo's plots need, MLImage.Pixels and ExtractPixels miss a method
    // (dotnet/machinelearning, issue 7413). The bitmap below is the same.
    private static readonly bool HasPixels = CanRead();

    /// <summary>The pixels of an image, channel by channel and row by row. How transparent one is does not matter.</summary>
    /// <param name="image">The image.</param>
    /// <param name="shape">The shape that it must have: three channels for red, green and blue, or one for their Rec. 601 luma.</param>
    /// <param name="destination">Receives them.</param>
    /// <param name="place">Where the image stands, for messages.</param>
    /// <exception cref="ArgumentException">The image is missing or of another size.</exception>
    public static void Read(MLImage? image, ImageShape shape, Span<byte> destination, string place)
    {
        if (image is null)
            throw new ArgumentException($"There is no image in {place}.");
        if (image.Height != shape.Height || image.Width != shape.Width)
        {
            throw new ArgumentException(
                $"The image in {place} has {image.Height} x {image.Width} pixels, but the model reads {shape.Height} x {shape.Width}: put "
                + "ResizeImages before it.");
        }

        ReadOnlySpan<byte> pixels = HasPixels ? image.Pixels : Bitmap(image).GetPixelSpan();
        var plane = shape.Height * shape.Width;
        var (red, blue) = image.PixelFormat switch
        {
            MLPixelFormat.Bgra32 => (2, 0),
            MLPixelFormat.Rgba32 => (0, 2),
            var other => throw new ArgumentException($"The image in {place} has pixels of the format {other}, which is not read here."),
        };
        for (var i = 0; i < plane; i++)
        {
            var pixel = pixels.Slice(BytesPerPixel * i, BytesPerPixel);
            if (shape.Channels == 1)
                destination[i] = (byte)((299 * pixel[red] + 587 * pixel[1] + 114 * pixel[blue] + 500) / 1000);
            else
                (destination[i], destination[plane + i], destination[2 * plane + i]) = (pixel[red], pixel[1], pixel[blue]);
        }
    }

    private static bool CanRead()
    {
        using var image = MLImage.CreateFromPixels(1, 1, MLPixelFormat.Bgra32, new byte[BytesPerPixel]);
        try
        {
            return image.Pixels.Length == BytesPerPixel;
        }
        catch (MissingMethodException)
        {
            return false;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_image")]
    private static extern ref SKBitmap Bitmap(MLImage image);
}
