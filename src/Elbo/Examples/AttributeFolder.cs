namespace Elbo;

/// <summary>
/// The attribute files of a dataset, stored with its four IDX files: <c>train-attributes.npy</c> and <c>t10k-attributes.npy</c>, float64
/// [count, width] (beside tables also <c>test-attributes.npy</c>), and the attribute names in <c>attributes.txt</c>, one per line. All of
/// them are optional.
/// </summary>
internal static class AttributeFolder
{
    public const string TrainFile = "train-attributes.npy";
    public const string TestFile = "t10k-attributes.npy";
    public const string OtherTestFile = "test-attributes.npy";
    public const string NamesFile = "attributes.txt";

    /// <exception cref="InputException">A file is corrupt or missing, or the number of rows does not match the images.</exception>
    public static Dataset AddTo(Dataset dataset, string folder)
    {
        var (train, test) = (Path.Combine(folder, TrainFile), Path.Combine(folder, TestFile));
        if (!File.Exists(test) && Path.Combine(folder, OtherTestFile) is var other && File.Exists(other))
            test = other;
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
        NpyFile.Write(Path.Combine(folder, TrainFile), [train.Count, train.Shape.Size], Numbers(train));
        NpyFile.Write(Path.Combine(folder, TestFile), [test.Count, test.Shape.Size], Numbers(test));
        if (train.ValueNames is { } names)
            AtomicFile.WriteText(Path.Combine(folder, NamesFile), string.Join('\n', names) + "\n");
    }

    private static RowDataset Read(string path, int images, string[]? names)
    {
        var attributes = AttributeFile.Read(path, null, images);
        if (names is null)
            return attributes;
        return names.Length == attributes.Shape.Size
            ? new RowDataset(attributes.Shape, Numbers(attributes), names: names)
            : throw new InputException(
                $"{path} holds {attributes.Shape.Size} attributes per image, but {NamesFile} in the same folder holds "
                + $"{names.Length} names.");
    }

    private static double[] Numbers(ExampleSet rows)
    {
        var values = new double[checked(rows.Count * rows.Shape.Size)];
        rows.Read([.. Enumerable.Range(0, rows.Count)], values);
        return values;
    }
}
