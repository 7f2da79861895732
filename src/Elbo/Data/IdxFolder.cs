namespace Elbo;

/// <summary>
/// A folder with a dataset in the manner of MNIST: four IDX files, raw or gzipped. Images are [count, height, width], or, beyond MNIST,
/// [count, channels, height, width] with one channel or three. Both label files may be absent, and names for the labels may stand in
/// <c>labels.txt</c>, one a line. Attributes, if any, are in <see cref="AttributeFolder"/>'s files.
/// </summary>
internal static class IdxFolder
{
    public const string LabelNamesFile = "labels.txt";
    private const int LongestNames = 1 << 20;

    /// <summary>Reads a folder. The dataset gets the folder's name where its content is of no known one.</summary>
    /// <exception cref="DataException">A file is missing, corrupt or not what its name says, or they do not fit each other.</exception>
    public static Dataset Load(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DataException($"The folder {folder} does not exist: give one with IDX files as MNIST has them.");
        return Assemble(folder, IdxParts.All.ToDictionary(part => part, part => part.Find(folder) is { } path ? IdxFile.Read(path) : null));
    }

    /// <summary>Puts the files of a folder together.</summary>
    public static Dataset Assemble(string folder, IReadOnlyDictionary<IdxPart, IdxArray?> parts)
    {
        var identity = KnownDatasets.Identify(parts);
        if (identity.Contradiction is { } contradiction)
            throw new DataException($"{folder} holds {contradiction}: put the four files of one dataset into it.");
        var train = AssembleSplit(folder, parts, IdxPart.TrainImages, IdxPart.TrainLabels);
        var test = AssembleSplit(folder, parts, IdxPart.TestImages, IdxPart.TestLabels);
        if (train.HasLabels != test.HasLabels)
        {
            var missing = train.HasLabels ? IdxPart.TestLabels : IdxPart.TrainLabels;
            throw new DataException($"{folder} lacks {missing.FileName()}[.gz]: give both splits labels, or neither.");
        }

        var name = identity.Known?.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var dataset = new Dataset(name, train, test, identity.Known?.LabelNames ?? ReadLines(Path.Combine(folder, LabelNamesFile)));
        return AttributeFolder.AddTo(dataset, folder);
    }

    private static ImageDataset AssembleSplit(
        string folder, IReadOnlyDictionary<IdxPart, IdxArray?> parts, IdxPart imagesPart, IdxPart labelsPart)
    {
        var images = parts[imagesPart]
            ?? throw new DataException($"{folder} lacks {imagesPart.FileName()}[.gz]: put the four files of a dataset into it.");
        var shape = ShapeOf(images, folder, imagesPart);
        if (parts[labelsPart] is not { } labels)
            return new ImageDataset(shape, images.Data);
        if (labels.Dimensions.Count != 1)
        {
            throw new DataException($"{folder}: {labelsPart.FileName()} holds an array of {labels} where labels, in one dimension, are "
                + "expected: it may be an image file under another name.");
        }

        if (labels.Dimensions[0] != images.Dimensions[0])
        {
            throw new DataException($"{folder}: {labelsPart.FileName()} holds {labels.Dimensions[0]} labels for the {images.Dimensions[0]} "
                + $"images of {imagesPart.FileName()}.");
        }

        return new ImageDataset(shape, images.Data, labels.Data);
    }

    private static ImageShape ShapeOf(IdxArray images, string folder, IdxPart part) => images.Dimensions switch
    {
        [_, var height, var width] => new ImageShape(1, height, width),
        [_, 1 or 3, var height, var width] => new ImageShape(images.Dimensions[1], height, width),
        [_] => throw new DataException($"{folder}: {part.FileName()} holds labels, in one dimension, where images are expected: it is a "
            + "label file under another name."),
        _ => throw new DataException($"{folder}: {part.FileName()} holds an array of {images}, and images are [count, height, width] or "
            + "[count, channels, height, width] with one channel or three."),
    };

    /// <summary>The lines of a short list of names, or null where there is no such file.</summary>
    public static string[]? ReadLines(string path)
    {
        if (!File.Exists(path))
            return null;
        return InputFile.Read(path, stream =>
        {
            if (stream.Length > LongestNames)
                throw new DataException($"{path} is too long for a list of names: it holds one name a line.");
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd().TrimEnd().Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        });
    }
}
