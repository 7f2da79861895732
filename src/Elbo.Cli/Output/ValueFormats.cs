namespace Elbo.Cli;

/// <summary>The file formats for generated values.</summary>
internal enum ValueFormat
{
    Png,
    Npy,
    Csv,
}

/// <summary>Selects a format by name or by file extension, and writes generated values as NumPy files.</summary>
internal static class ValueFormats
{
    /// <summary>Returns the named format, otherwise the format of the file extension, otherwise null.</summary>
    public static ValueFormat? Parse(string? name, string? path) => (name ?? ExtensionOf(path)) switch
    {
        null => null,
        "png" => ValueFormat.Png,
        "npy" => ValueFormat.Npy,
        "csv" => ValueFormat.Csv,
        _ when name is not null => throw new SettingsException($"'{name}' is not a format: --format takes png, npy or csv."),
        _ => throw new SettingsException($"{path} ends in none of .png, .npy and .csv: rename it, or choose the format with --format."),
    };

    /// <summary>The format asked for, by default PNG for images and CSV for others.</summary>
    /// <exception cref="SettingsException">Values of this shape have no such format.</exception>
    public static ValueFormat Choose(ValueFormat? asked, ValueShape shape) => (asked, shape.Image) switch
    {
        (ValueFormat.Png, null) => throw new SettingsException(
            $"A PNG file needs images, but the values are {shape}: choose csv or npy with --format, or by the end of --out."),
        (ValueFormat.Csv, not null) => throw new SettingsException(
            "A CSV file holds the rows of a table, but the values are images: choose png or npy with --format, or by the end of --out."),
        ({ } format, _) => format,
        (null, null) => ValueFormat.Csv,
        _ => ValueFormat.Png,
    };

    public static string Extension(ValueFormat format) => $".{format.ToString().ToLowerInvariant()}";

    /// <summary>
    /// Writes images as float32 [count, channels, height, width] in 0..1, where samples of a Gaussian likelihood outside this range are
    /// clamped; other values as [count, size] with all their digits.
    /// </summary>
    public static void WriteNpy(string path, ExampleValues values)
    {
        if (values.Shape.Image is null)
        {
            values.SaveNpy(path);
            return;
        }

        var clamped = values.Values.ToArray();
        for (var i = 0; i < clamped.Length; i++)
            clamped[i] = Math.Clamp(clamped[i], 0f, 1f);
        new ExampleValues(values.Shape, clamped).SaveNpy(path);
    }

    private static string? ExtensionOf(string? path) => Path.GetExtension(path)?.TrimStart('.').ToLowerInvariant();
}
