using SkiaSharp;

namespace Elbo;

/// <summary>Draws a grid of images as a PNG image. The same images and options give the same bytes.</summary>
public static class ImageGrid
{
    /// <summary>Writes the images, row by row from the upper left, to a PNG file atomically.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="images">
    /// At least one image of 1 channel (grey) or 3 channels (red, green, blue). 0 is drawn dark and 1 bright; other values are
    /// clamped.
    /// </param>
    /// <param name="options">Layout and labels; null for a near-square grid without labels.</param>
    /// <exception cref="InputException">
    /// No image is given, a value is NaN, or the images have 2 channels or more than 3.
    /// </exception>
    /// <exception cref="SettingsException">An option is not valid for these images.</exception>
    public static void Save(string path, ExampleValues images, ImageGridOptions? options = null)
    {
        var png = ToPng(images, options);
        AtomicFile.Write(path, stream => stream.Write(png));
    }

    /// <inheritdoc cref="Save(string, ExampleValues, ImageGridOptions?)"/>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="images">At least one image, drawn as by the other overload.</param>
    /// <param name="columns">Images per row.</param>
    public static void Save(string path, ExampleValues images, int columns) =>
        Save(path, images, new ImageGridOptions { Columns = columns });

    /// <summary>
    /// Draws the images as <see cref="Save(string, ExampleValues, ImageGridOptions?)"/> does, and returns the PNG file's bytes.
    /// </summary>
    /// <inheritdoc cref="Save(string, ExampleValues, ImageGridOptions?)"/>
    public static byte[] ToPng(ExampleValues images, ImageGridOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var bitmap = Draw(images, options ?? new ImageGridOptions());
        return PngEncoding.EncodeGreyAsOneChannel(bitmap);
    }

    /// <summary>Draws the images into a bitmap, which the caller must dispose.</summary>
    internal static SKBitmap Draw(ExampleValues images, ImageGridOptions options)
    {
        EnsureDrawable(images);
        var layout = new GridLayout(images, options);
        var (gap, background) = (Opaque(options.Gap, nameof(options.Gap)), Opaque(options.Background, nameof(options.Background)));
        var bitmap = new SKBitmap(new SKImageInfo(layout.Width, layout.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(background);
            using var paint = new SKPaint { Color = gap, IsAntialias = false };
            canvas.DrawRect(layout.GridLeft, layout.GridTop, layout.GridWidth, layout.GridHeight, paint);
            GridText.Draw(canvas, layout, options, ReadableOn(background));
        }

        var pixels = bitmap.GetPixelSpan();
        for (var i = 0; i < images.Count; i++)
        {
            var origin = layout.CellTop(i / layout.Columns) * bitmap.RowBytes + layout.CellLeft(i % layout.Columns) * bitmap.BytesPerPixel;
            DrawImage(images[i], images.Shape.Image!.Value, layout.Scale, pixels[origin..], bitmap.RowBytes);
        }

        return bitmap;
    }

    /// <summary>Writes one image as opaque red, green, blue, alpha bytes to the start of <paramref name="target"/>.</summary>
    private static void DrawImage(ReadOnlySpan<float> image, ImageShape shape, int scale, Span<byte> target, int rowBytes)
    {
        const int BytesPerPixel = 4;
        var plane = shape.Height * shape.Width;
        var (green, blue) = shape.Channels == 1 ? (0, 0) : (plane, 2 * plane);
        var lineBytes = shape.Width * scale * BytesPerPixel;
        for (var y = 0; y < shape.Height; y++)
        {
            var line = target.Slice(y * scale * rowBytes, lineBytes);
            for (var x = 0; x < shape.Width * scale; x++)
            {
                var source = y * shape.Width + x / scale;
                var pixel = line.Slice(x * BytesPerPixel, BytesPerPixel);
                pixel[0] = ToByte(image[source]);
                pixel[1] = ToByte(image[source + green]);
                pixel[2] = ToByte(image[source + blue]);
                pixel[3] = byte.MaxValue;
            }

            for (var copy = 1; copy < scale; copy++)
            {
                line.CopyTo(target[((y * scale + copy) * rowBytes)..]);
            }
        }
    }

    private static byte ToByte(float value) => (byte)(Math.Clamp(value, 0f, 1f) * 255f + 0.5f);

    private static void EnsureDrawable(ExampleValues images)
    {
        var shape = images.Shape.RequireImage("A grid");
        if (shape.Channels is not (1 or 3))
        {
            throw new InputException($"Images of {shape.Channels} channels cannot be drawn: "
                + "pass images of 1 (grey) or 3 (red, green, blue).");
        }

        if (images.Count == 0)
        {
            throw new InputException("No images were given to draw: pass at least one.");
        }

        var values = images.Values.Span;
        for (var i = 0; i < values.Length; i++)
        {
            if (float.IsNaN(values[i]))
            {
                throw new InputException($"Image {i / images.Shape.Size} (zero-based) of {images.Count} holds a value that is not a "
                    + "number and cannot be drawn: check the computation of the images.");
            }
        }
    }

    private static SKColor Opaque(System.Drawing.Color color, string option) => color.A == byte.MaxValue
        ? new SKColor(color.R, color.G, color.B)
        : throw new SettingsException($"The colour {option} of an image grid is transparent: choose an opaque one.");

    // Rec. 601 luma, to distinguish light from dark backgrounds.
    private static SKColor ReadableOn(SKColor background) =>
        0.299 * background.Red + 0.587 * background.Green + 0.114 * background.Blue >= 127.5 ? SKColors.Black : SKColors.White;
}
