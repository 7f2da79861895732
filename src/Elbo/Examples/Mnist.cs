namespace Elbo;

/// <summary>MNIST: 60,000 training and 10,000 test images of handwritten digits, 28 by 28 grey pixels, with labels 0 to 9.</summary>
public static class Mnist
{
    /// <summary>Loads MNIST and verifies its hashes.</summary>
    /// <param name="folder">
    /// A folder with the four IDX files, raw or gzipped; null for <c>data/mnist</c> in the program folder, where a build places the bundled
    /// copy or that of the package Elbo.Mnist, or otherwise in the current directory or its nearest ancestor.
    /// </param>
    /// <returns>The dataset, named <c>mnist</c>.</returns>
    /// <exception cref="InputException">The files are missing, not readable, or not those of MNIST.</exception>
    public static Dataset Load(string? folder = null)
    {
        folder = FolderOrDefault(folder);
        return IdxFolder.Assemble(folder, IdxParts.All.ToDictionary(part => part, part => (IdxArray?)Read(folder, part)));
    }

    /// <summary>Loads only the test split, in a sixth of the time.</summary>
    /// <inheritdoc cref="Load"/>
    public static ImageDataset LoadTest(string? folder = null) => LoadSplit(folder, IdxPart.TestImages, IdxPart.TestLabels);

    /// <summary>Loads only the training split.</summary>
    /// <inheritdoc cref="Load"/>
    public static ImageDataset LoadTrain(string? folder = null) => LoadSplit(folder, IdxPart.TrainImages, IdxPart.TrainLabels);

    private static ImageDataset LoadSplit(string? folder, IdxPart imagesPart, IdxPart labelsPart)
    {
        folder = FolderOrDefault(folder);
        var images = Read(folder, imagesPart);
        // The verified hashes guarantee the shape of the images and the number of labels.
        var shape = new ImageShape(1, images.Dimensions[1], images.Dimensions[2]);
        return new ImageDataset(shape, images.Data, Read(folder, labelsPart).ToIntegers());
    }

    private static string FolderOrDefault(string? folder)
    {
        folder ??= FindFolder();
        return Directory.Exists(folder)
            ? folder
            : throw new InputException($"The folder {folder} does not exist: give a folder with the four files of MNIST.");
    }

    private static IdxArray Read(string folder, IdxPart part)
    {
        var path = part.Find(folder)
            ?? throw new InputException($"{folder} lacks {part.FileName()}[.gz]: add the four files of MNIST.");
        var array = IdxFile.Read(path);
        if (array.Sha256 == KnownDatasets.Mnist.Sha256[part])
            return array;
        var identity = KnownDatasets.Find(array.Sha256) is { } known ? $"it is {known}" : $"its SHA-256 is {array.Sha256}";
        throw new InputException($"{path} is not the {part.FileName()} of MNIST ({identity}): restore the original file, or load "
            + "the folder as another dataset.");
    }

    private static string FindFolder()
    {
        var relative = Path.Combine("data", "mnist");
        var bundled = Path.Combine(AppContext.BaseDirectory, relative);
        if (Directory.Exists(bundled))
            return bundled;
        for (var directory = new DirectoryInfo(Environment.CurrentDirectory); directory is not null; directory = directory.Parent)
        {
            if (Path.Combine(directory.FullName, relative) is var candidate && Directory.Exists(candidate))
                return candidate;
        }

        throw new InputException(
            $"MNIST was found neither in {bundled} nor in data/mnist in the current folder or its ancestors: add the package Elbo.Mnist, "
                + "or give its folder.");
    }
}
