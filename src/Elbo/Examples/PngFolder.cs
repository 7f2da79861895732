namespace Elbo;

/// <summary>
/// Reads a folder of PNG files without labels, or a folder with one subfolder of PNG files per label. Names are in natural order
/// (<see cref="NaturalOrder"/>), and the subfolders become the labels 0, 1, ... in that order.
/// </summary>
internal static class PngFolder
{
    /// <returns>The images in the order of the names, and how many other files the folder has.</returns>
    /// <exception cref="InputException">
    /// The folder does not exist or has another layout, or a file is corrupt or of another size.
    /// </exception>
    public static (ImageDataset Images, int IgnoredFiles) Read(string folder, CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(GivenPath.Full(folder)))
            throw new InputException($"The folder {folder} does not exist: give a folder of PNG files.");
        try
        {
            return ReadExisting(folder, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder} cannot be read: {exception.Message}", exception);
        }
    }

    private static (ImageDataset Images, int IgnoredFiles) ReadExisting(string folder, CancellationToken cancellationToken)
    {
        var direct = PngFilesOf(folder);
        string[] subfolders = [.. Directory.GetDirectories(folder).Where(path => !IsHidden(path)).Order(NaturalOrder.Instance)];
        if (direct.Length > 0 && subfolders.Length > 0)
        {
            throw new InputException($"{folder} holds both PNG files and folders: move every image into the folder of its label, or "
                + "remove the folders.");
        }

        if (direct.Length == 0 && subfolders.Length == 0)
            throw new InputException($"{folder} holds no PNG files: give a folder of images, or a folder with one subfolder per label.");
        return subfolders.Length == 0
            ? (Assemble(folder, direct, [], null, cancellationToken), OtherFilesOf(folder))
            : ReadLabelled(folder, subfolders, cancellationToken);
    }

    private static (ImageDataset Images, int IgnoredFiles) ReadLabelled(
        string folder, string[] subfolders, CancellationToken cancellationToken)
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
        return (Assemble(folder, files, [.. labels], names, cancellationToken), ignored);
    }

    private static ImageDataset Assemble(
        string folder, IReadOnlyList<string> files, int[] labels, IReadOnlyList<string>? names, CancellationToken cancellationToken)
    {
        var images = new List<PngImage>(files.Count);
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var image = PngImage.Read(file);
            var first = images.Count > 0 ? images[0].Shape : image.Shape;
            if ((image.Shape.Height, image.Shape.Width) != (first.Height, first.Width))
            {
                throw new InputException(
                    $"{file} is {image.Shape.Width} by {image.Shape.Height} pixels large, but the images before it are "
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
        string[] fileNames = [.. files.Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'))];
        return new ImageDataset(shape, new PixelMemory(pixels), labels, labelNames: names, fileNames: fileNames);
    }

    private static string[] PngFilesOf(string folder) => [.. FilesOf(folder).Where(IsPng).Order(NaturalOrder.Instance)];

    private static int OtherFilesOf(string folder) => FilesOf(folder).Count(path => !IsPng(path));

    private static IEnumerable<string> FilesOf(string folder) => Directory.EnumerateFiles(folder).Where(path => !IsHidden(path));

    private static bool IsPng(string path) => path.EndsWith(".png", StringComparison.OrdinalIgnoreCase);

    private static bool IsHidden(string path) => Path.GetFileName(path).StartsWith('.');
}
