using System.Globalization;
using SkiaSharp;

namespace Elbo;

/// <summary>
/// Writes single images as PNG, a pixel for each value: 0 is black and 1 white, rounded to 256 levels and clamped
/// (<see cref="ExampleValues.ToBytes"/>). The same image gives the same bytes. <see cref="ImageGrid"/> draws many on one page.
/// </summary>
public static class ImageFiles
{
    private const int MinDigits = 4;

    /// <summary>Encodes one image of 1 channel (grey) or 3 channels (red, green, blue).</summary>
    /// <param name="images">The images.</param>
    /// <param name="index">Which, from 0.</param>
    /// <returns>The bytes of a PNG file.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is out of range.</exception>
    /// <exception cref="SettingsException">The values are no images.</exception>
    /// <exception cref="InputException">The images have 2 channels or more than 3, or a value is NaN.</exception>
    public static byte[] ToPng(this ExampleValues images, int index)
    {
        ArgumentNullException.ThrowIfNull(images);
        EnsureDrawable(images, index);
        var image = images.Shape.Image!.Value;
        var bytes = images.ToBytes(index, PixelLayout.Interleaved);
        var isGrey = image.Channels == 1;
        var info = new SKImageInfo(image.Width, image.Height, isGrey ? SKColorType.Gray8 : SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var bitmap = new SKBitmap(info);
        var pixels = bitmap.GetPixelSpan();
        for (var y = 0; y < image.Height; y++)
        {
            var line = bytes.AsSpan(y * image.Width * image.Channels, image.Width * image.Channels);
            var target = pixels[(y * bitmap.RowBytes)..];
            if (isGrey)
                line.CopyTo(target);
            for (var x = 0; x < image.Width && !isGrey; x++)
            {
                line.Slice(3 * x, 3).CopyTo(target[(4 * x)..]);
                target[(4 * x) + 3] = byte.MaxValue;
            }
        }

        return PngEncoding.Encode(bitmap);
    }

    /// <summary>Writes one image to a stream, which stays open.</summary>
    /// <inheritdoc cref="ToPng(ExampleValues, int)"/>
    /// <param name="images">The images.</param>
    /// <param name="stream">Receives the bytes of a PNG file.</param>
    /// <param name="index">Which, from 0.</param>
    public static void WritePng(this ExampleValues images, Stream stream, int index = 0)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(images.ToPng(index));
    }

    /// <summary>Writes one image to a file, atomically.</summary>
    /// <inheritdoc cref="ToPng(ExampleValues, int)"/>
    /// <param name="images">The images.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="index">Which, from 0.</param>
    public static void SavePng(this ExampleValues images, string path, int index = 0)
    {
        var png = images.ToPng(index);
        AtomicFile.Write(path, stream => stream.Write(png));
    }

    /// <summary>Writes each image to a file of its own: PREFIX0000.png, PREFIX0001.png and so on.</summary>
    /// <param name="images">The images.</param>
    /// <param name="folder">The folder, which is created if it does not exist.</param>
    /// <param name="prefix">How the names begin.</param>
    /// <returns>The files, in the order of the images.</returns>
    /// <exception cref="SettingsException">
    /// One of the files exists already, and then none is written; the prefix is no part of a file name; or the values are no images.
    /// </exception>
    /// <exception cref="InputException">The images have 2 channels or more than 3, or a value is NaN; no file is written.</exception>
    /// <exception cref="EnvironmentException">A file cannot be written.</exception>
    public static IReadOnlyList<string> SavePngs(this ExampleValues images, string folder, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.AsSpan().ContainsAny(Path.GetInvalidFileNameChars()))
            throw new SettingsException($"The prefix '{prefix}' cannot begin the name of a file: choose another, and give folders apart.");
        for (var index = 0; index < images.Count; index++)
            EnsureDrawable(images, index);
        var full = GivenPath.Full(folder);
        var digits = $"D{Math.Max(MinDigits, images.Count.ToString(CultureInfo.InvariantCulture).Length)}";
        string[] paths = [.. Enumerable.Range(0, images.Count)
            .Select(index => Path.Combine(full, prefix + index.ToString(digits, CultureInfo.InvariantCulture) + ".png"))];
        if (paths.FirstOrDefault(Path.Exists) is { } existing)
            throw new SettingsException($"{existing} already exists and is never overwritten: choose another folder or prefix.");
        Create(full);
        for (var index = 0; index < paths.Length; index++)
            images.SavePng(paths[index], index);
        return paths;
    }

    private static void Create(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"The folder {folder} cannot be created: {exception.Message}", exception);
        }
    }

    private static void EnsureDrawable(ExampleValues images, int index)
    {
        var shape = images.Shape.RequireImage("A PNG file");
        if (shape.Channels is not (1 or 3))
            throw new InputException(
                $"Images of {shape.Channels} channels are no PNG files: pass images of 1 (grey) or 3 (red, green, blue).");
        foreach (var value in images[index])
        {
            if (float.IsNaN(value))
                throw new InputException(
                    $"Image {index} (zero-based) holds a value that is not a number: check the computation of the images.");
        }
    }
}
