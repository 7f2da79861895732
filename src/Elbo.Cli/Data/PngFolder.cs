namespace Elbo.Cli;

/// <summary>
/// Reads a folder of PNG files without labels, or a folder with one subfolder of PNG files per label. Names are sorted by code point, and
/// the subfolders become the labels 0, 1, ... in that order.
/// </summary>
internal static class PngFolder
{
    // As many as the labels of an IDX file can be.
    private const int MaxLabels = 256;

    /// <exception cref="InputException">A file is corrupt or of another size, or the folder has another layout.</exception>
    public static ImportedImages Read(string folder)
    {
        var direct = PngFilesOf(folder);
        string[] subfolders = [.. Directory.GetDirectories(folder).Where(path => !IsHidden(path)).Order(StringComparer.Ordinal)];
        if (direct.Length > 0 && subfolders.Length > 0)
        {
            throw new InputException($"{folder} holds both PNG files and folders: move every image into the folder of its label, or "
                + "remove the folders.");
        }

        if (direct.Length == 0 && subfolders.Length == 0)
            throw new InputException($"{folder} holds no PNG files: give a folder of images, or a folder with one subfolder per label.");
        if (subfolders.Length > MaxLabels)
            throw new InputException(
                $"{folder} holds {subfolders.Length} folders, but at most {MaxLabels} labels are supported: merge some.");
        return subfolders.Length == 0
            ? new ImportedImages(Assemble(direct, []), IgnoredFiles: OtherFilesOf(folder))
            : ReadLabelled(folder, subfolders);
    }

    private static ImportedImages ReadLabelled(string folder, string[] subfolders)
    {
        var files = new List<string>();
        var labels = new List<int>();
        var ignored = OtherFilesOf(folder);
        for (var label = 0; label < subfolders.Length; label++)
        {
            var own = PngFilesOf(subfolders[label]);
            if (own.Length == 0)
                throw new InputException($"{subfolders[label]} is the folder of a label but holds no PNG files: remove it.");
            if (Directory.GetDirectories(subfolders[label]).FirstOrDefault(path => !IsHidden(path)) is { } nested)
                throw new InputException($"{nested} is a folder within the folder of a label: move its images one level up.");
            files.AddRange(own);
            labels.AddRange(Enumerable.Repeat(label, own.Length));
            ignored += OtherFilesOf(subfolders[label]);
        }

        string[] names = [.. subfolders.Select(path => Path.GetFileName(path))];
        if (names.FirstOrDefault(name => name.Any(char.IsControl)) is { } invalid)
            throw new InputException($"The name of the folder '{invalid}', which is a label name, has a control character: rename it.");
        return new ImportedImages(Assemble(files, [.. labels]), names, ignored);
    }

    private static ImageDataset Assemble(IReadOnlyList<string> files, int[] labels)
    {
        var images = new List<PngImage>(files.Count);
        foreach (var file in files)
        {
            var image = PngImage.Read(file);
            var first = images.Count > 0 ? images[0].Shape : image.Shape;
            if ((image.Shape.Height, image.Shape.Width) != (first.Height, first.Width))
            {
                throw new InputException($"{file} is {image.Shape.Width} by {image.Shape.Height} pixels large, but the images before it are "
                    + $"{first.Width} by {first.Height}: resize all images to one size.");
            }

            images.Add(image);
        }

        var channels = images.Max(image => image.Shape.Channels);
        var shape = images[0].Shape with { Channels = channels };
        if ((long)images.Count * shape.Pixels > Array.MaxLength)
            throw new InputException($"{images.Count} images of {shape} exceed the maximum array size: use fewer or smaller images.");
        var pixels = new byte[images.Count * shape.Pixels];
        for (var i = 0; i < images.Count; i++)
            (channels == 1 ? images[i].Pixels : images[i].ToColor()).CopyTo(pixels, i * shape.Pixels);
        return new ImageDataset(shape, pixels, labels);
    }

    private static string[] PngFilesOf(string folder) => [.. FilesOf(folder).Where(IsPng).Order(StringComparer.Ordinal)];

    private static int OtherFilesOf(string folder) => FilesOf(folder).Count(path => !IsPng(path));

    private static IEnumerable<string> FilesOf(string folder) => Directory.EnumerateFiles(folder).Where(path => !IsHidden(path));

    private static bool IsPng(string path) => path.EndsWith(".png", StringComparison.OrdinalIgnoreCase);

    private static bool IsHidden(string path) => Path.GetFileName(path).StartsWith('.');
}
