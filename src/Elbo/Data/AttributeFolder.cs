namespace Elbo;

/// <summary>
/// The attribute files of a dataset, stored with its four IDX files: <c>train-attributes.npy</c> and <c>t10k-attributes.npy</c>, float32
/// [count, width], and the attribute names in <c>attributes.txt</c>, one per line. All of them are optional.
/// </summary>
internal static class AttributeFolder
{
    public const string TrainFile = "train-attributes.npy";
    public const string TestFile = "t10k-attributes.npy";
    public const string NamesFile = "attributes.txt";

    /// <exception cref="InputException">A file is corrupt or missing, or the number of rows does not match the images.</exception>
    public static Dataset AddTo(Dataset dataset, string folder)
    {
        var (train, test) = (Path.Combine(folder, TrainFile), Path.Combine(folder, TestFile));
        if (!File.Exists(train) && !File.Exists(test))
            return dataset;
        foreach (var path in new[] { train, test })
        {
            if (!File.Exists(path))
                throw new InputException($"{folder} lacks {Path.GetFileName(path)}: provide attributes for both splits, or for neither.");
        }

        var names = IdxFolder.ReadLines(Path.Combine(folder, NamesFile));
        return dataset.WithAttributes(
            Read(train, dataset.Train.Count, names), Read(test, dataset.Test.Count, names));
    }

    public static void Write(string folder, Dataset dataset)
    {
        if (dataset.Train.Attributes is not { } train || dataset.Test.Attributes is not { } test)
            return;
        NpyFile.Write(Path.Combine(folder, TrainFile), [train.Count, train.Width], train.Values);
        NpyFile.Write(Path.Combine(folder, TestFile), [test.Count, test.Width], test.Values);
        if (train.Names is { } names)
            AtomicFile.WriteText(Path.Combine(folder, NamesFile), string.Join('\n', names) + "\n");
    }

    private static ExampleAttributes Read(string path, int images, string[]? names)
    {
        var attributes = AttributeFile.Read(path, null, images);
        if (names is null)
            return attributes;
        return names.Length == attributes.Width
            ? new ExampleAttributes(attributes.Width, attributes.Values.ToArray(), names)
            : throw new InputException(
                $"{path} holds {attributes.Width} attributes per image, but {NamesFile} in the same folder holds {names.Length} names.");
    }
}
