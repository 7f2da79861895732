namespace Elbo;

/// <summary>
/// A folder with a dataset in the layout of MNIST: four IDX files, raw or gzipped. Images are [count, height, width] or, as an extension,
/// [count, channels, height, width] with one or three channels. The label files are optional, and so are label names in
/// <c>labels.txt</c>, one per line, and attributes in the files of <see cref="AttributeFolder"/>.
/// </summary>
internal static class IdxFolder
{
    public const string LabelNamesFile = "labels.txt";
    private const int MaxNameFileLength = 1 << 20;

    /// <summary>Loads the dataset in a folder. An unknown dataset is named after the folder.</summary>
    /// <exception cref="InputException">A file is missing, corrupt or misnamed, or the files do not match each other.</exception>
    public static Dataset Load(string folder)
    {
        if (!Directory.Exists(folder))
            throw new InputException($"The folder {folder} does not exist: give a folder with IDX files in the layout of MNIST.");
        return Assemble(folder, IdxParts.All.ToDictionary(part => part, part => part.Find(folder) is { } path ? IdxFile.Read(path) : null));
    }

    /// <summary>Assembles the dataset from the files of a folder.</summary>
    public static Dataset Assemble(string folder, IReadOnlyDictionary<IdxPart, IdxArray?> parts)
    {
        var identity = KnownDatasets.Identify(parts);
        if (identity.Inconsistency is { } inconsistency)
            throw new InputException($"{folder} holds {inconsistency}: put the four files of one dataset into it.");
        var train = AssembleSplit(folder, parts, IdxPart.TrainImages, IdxPart.TrainLabels);
        var test = AssembleSplit(folder, parts, IdxPart.TestImages, IdxPart.TestLabels);
        if (train.HasLabels != test.HasLabels)
        {
            var missing = train.HasLabels ? IdxPart.TestLabels : IdxPart.TrainLabels;
            throw new InputException($"{folder} lacks {missing.FileName()}[.gz]: provide labels for both splits, or for neither.");
        }

        var name = identity.Known?.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var dataset = new Dataset(name, train, test, identity.Known?.LabelNames ?? ReadLines(Path.Combine(folder, LabelNamesFile)));
        return ExampleManifest.AddTo(AttributeFolder.AddTo(dataset, folder), folder);
    }

    private static ImageDataset AssembleSplit(
        string folder, IReadOnlyDictionary<IdxPart, IdxArray?> parts, IdxPart imagesPart, IdxPart labelsPart)
    {
        var images = parts[imagesPart]
            ?? throw new InputException($"{folder} lacks {imagesPart.FileName()}[.gz]: put the four files of a dataset into it.");
        var shape = ShapeOf(images, folder, imagesPart);
        if (parts[labelsPart] is not { } labels)
            return new ImageDataset(shape, images.Data);
        if (labels.Dimensions.Count != 1)
        {
            throw new InputException($"{folder}: {labelsPart.FileName()} holds an array of {labels} where one-dimensional labels are "
                + "expected: it may be a misnamed image file.");
        }

        if (labels.Dimensions[0] != images.Dimensions[0])
        {
            throw new InputException(
                $"{folder}: {labelsPart.FileName()} holds {labels.Dimensions[0]} labels for the {images.Dimensions[0]} "
                + $"images of {imagesPart.FileName()}.");
        }

        return new ImageDataset(shape, images.Data, labels.ToIntegers());
    }

    private static ImageShape ShapeOf(IdxArray images, string folder, IdxPart part) => images.Dimensions switch
    {
        [_, var height, var width] => new ImageShape(1, height, width),
        [_, 1 or 3, var height, var width] => new ImageShape(images.Dimensions[1], height, width),
        [_] => throw new InputException($"{folder}: {part.FileName()} holds one-dimensional labels where images are expected: it is a "
            + "misnamed label file."),
        _ => throw new InputException(
            $"{folder}: {part.FileName()} holds an array of {images}, but images must be [count, height, width] or "
            + "[count, channels, height, width] with one or three channels."),
    };

    /// <summary>Reads the lines of a file with a list of names, or returns null if the file does not exist.</summary>
    public static string[]? ReadLines(string path)
    {
        if (!File.Exists(path))
            return null;
        return InputFile.Read(path, stream =>
        {
            if (stream.Length > MaxNameFileLength)
                throw new InputException($"{path} is too long for a list of names: it must contain one name per line.");
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd().TrimEnd().Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        });
    }
}
