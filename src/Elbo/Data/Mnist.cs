namespace Elbo;

/// <summary>MNIST: 60,000 training and 10,000 test images of handwritten digits, 28 by 28 grey pixels, with labels 0 to 9.</summary>
public static class Mnist
{
    /// <summary>Reads MNIST, and makes sure by its hashes that it is what it claims to be.</summary>
    /// <param name="folder">
    /// A folder with the four IDX files, raw or gzipped; null for <c>data/mnist</c> beside the program, where a build puts the copy that
    /// comes with Elbo, or else in the current directory or the nearest one above it.
    /// </param>
    /// <returns>The dataset, named <c>mnist</c>.</returns>
    /// <exception cref="DataException">The files are not found, cannot be read, or are not those of MNIST.</exception>
    public static Dataset Load(string? folder = null)
    {
        folder = Require(folder);
        return IdxFolder.Assemble(folder, IdxParts.All.ToDictionary(part => part, part => (IdxArray?)Read(folder, part)));
    }

    /// <summary>Reads the test split alone, a sixth of the time.</summary>
    /// <inheritdoc cref="Load"/>
    internal static ImageDataset LoadTest(string? folder = null) => LoadSplit(folder, IdxPart.TestImages, IdxPart.TestLabels);

    /// <summary>Reads the training split alone.</summary>
    /// <inheritdoc cref="Load"/>
    internal static ImageDataset LoadTrain(string? folder = null) => LoadSplit(folder, IdxPart.TrainImages, IdxPart.TrainLabels);

    private static ImageDataset LoadSplit(string? folder, IdxPart imagesPart, IdxPart labelsPart)
    {
        folder = Require(folder);
        var images = Read(folder, imagesPart);
        // Their hashes say that there are so many images of this shape, and as many labels.
        return new ImageDataset(new ImageShape(1, images.Dimensions[1], images.Dimensions[2]), images.Data, Read(folder, labelsPart).Data);
    }

    private static string Require(string? folder)
    {
        folder ??= FindFolder();
        return Directory.Exists(folder)
            ? folder
            : throw new DataException($"The folder {folder} does not exist: give one with the four files of MNIST.");
    }

    private static IdxArray Read(string folder, IdxPart part)
    {
        var path = part.Find(folder)
            ?? throw new DataException($"{folder} lacks {part.FileName()}[.gz]: put the four files of MNIST into it.");
        var array = IdxFile.Read(path);
        if (array.Sha256 == KnownDatasets.Mnist.Sha256[part])
            return array;
        var truth = KnownDatasets.Find(array.Sha256) is { } known ? $"it is {known}" : $"its SHA-256 is {array.Sha256}";
        throw new DataException($"{path} is not the {part.FileName()} of MNIST ({truth}): put the original file in its place, or "
            + "load the folder as a dataset of its own.");
    }

    private static string FindFolder()
    {
        var relative = Path.Combine("data", "mnist");
        var beside = Path.Combine(AppContext.BaseDirectory, relative);
        if (Directory.Exists(beside))
            return beside;
        for (var directory = new DirectoryInfo(Environment.CurrentDirectory); directory is not null; directory = directory.Parent)
        {
            if (Path.Combine(directory.FullName, relative) is var candidate && Directory.Exists(candidate))
                return candidate;
        }

        throw new DataException($"MNIST is neither in {beside} nor in a folder data/mnist here or above: name the folder that holds it.");
    }
}
