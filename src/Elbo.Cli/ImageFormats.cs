namespace Elbo.Cli;

/// <summary>How images are written.</summary>
internal enum ImageFormat
{
    Png,
    Npy,
}

/// <summary>Chooses a format by its name or by a file's, and writes NumPy files of images.</summary>
internal static class ImageFormats
{
    /// <summary>The format named, else that of the file's ending, else a picture.</summary>
    public static ImageFormat Resolve(string? name, string? path) => (name ?? EndingOf(path)) switch
    {
        null or "png" => ImageFormat.Png,
        "npy" => ImageFormat.Npy,
        _ when name is not null => throw new ConfigurationException($"There is no format '{name}': --format takes png or npy."),
        _ => throw new ConfigurationException($"{path} ends in neither .png nor .npy: rename it, or say which with --format."),
    };

    public static string Extension(ImageFormat format) => format == ImageFormat.Npy ? ".npy" : ".png";

    /// <summary>
    /// Writes float32 [count, channels, height, width] in 0..1; draws of a Gaussian likelihood may lie beyond and are cut off.
    /// </summary>
    public static void WriteNpy(string path, Images images)
    {
        var values = images.Values.ToArray();
        for (var i = 0; i < values.Length; i++)
            values[i] = Math.Clamp(values[i], 0f, 1f);
        NpyFile.Write(path, [images.Count, images.Shape.Channels, images.Shape.Height, images.Shape.Width], values);
    }

    private static string? EndingOf(string? path) => Path.GetExtension(path)?.TrimStart('.').ToLowerInvariant();
}
