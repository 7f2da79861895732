namespace Elbo.Cli;

/// <summary>The file formats for generated images.</summary>
internal enum ImageFormat
{
    Png,
    Npy,
}

/// <summary>Selects a format by name or by file extension, and writes images as NumPy files.</summary>
internal static class ImageFormats
{
    /// <summary>Returns the named format, otherwise the format of the file extension, otherwise PNG.</summary>
    public static ImageFormat Resolve(string? name, string? path) => (name ?? ExtensionOf(path)) switch
    {
        null or "png" => ImageFormat.Png,
        "npy" => ImageFormat.Npy,
        _ when name is not null => throw new SettingsException($"'{name}' is not an image format: --format takes png or npy."),
        _ => throw new SettingsException($"{path} ends in neither .png nor .npy: rename it, or choose the format with --format."),
    };

    public static string Extension(ImageFormat format) => format == ImageFormat.Npy ? ".npy" : ".png";

    /// <summary>
    /// Writes float32 [count, channels, height, width] in 0..1, where samples of a Gaussian likelihood outside this range are clamped;
    /// values that are no images as [count, size].
    /// </summary>
    public static void WriteNpy(string path, ExampleValues images)
    {
        var values = images.Values.ToArray();
        for (var i = 0; i < values.Length && images.Shape.Image is not null; i++)
            values[i] = Math.Clamp(values[i], 0f, 1f);
        new ExampleValues(images.Shape, values).SaveNpy(path);
    }

    private static string? ExtensionOf(string? path) => Path.GetExtension(path)?.TrimStart('.').ToLowerInvariant();
}
