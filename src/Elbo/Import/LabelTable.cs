namespace Elbo;

/// <summary>
/// Labels for an import: a NumPy file or a text with one integer a line (<see cref="LabelFile"/>), in the order of the images; or a CSV
/// file with a line of names and a column of labels, integers or texts, which are joined by a column of file names if there is one.
/// </summary>
internal static class LabelTable
{
    private static readonly string[] LabelColumns = [TableFolder.LabelColumn, "labels", "class", "category", "target"];

    /// <param name="path">The file.</param>
    /// <param name="images">The images that get the labels.</param>
    /// <param name="source">What the images were read from, for messages.</param>
    /// <returns>The images with their labels.</returns>
    /// <exception cref="InputException">
    /// The file is corrupt, has not one label for each image, or names other files than the images have.
    /// </exception>
    public static ExampleSet AddTo(ExampleSet images, string path, string source)
    {
        if (FindColumns(path) is not { } columns)
            return Add(images, path, source, LabelFile.Read(path, byte.MaxValue), null);
        if (columns.File is null)
        {
            var texts = CsvTable.ReadTexts(path, columns.Label);
            return Add(images, path, source, [.. texts.Select(row => row[0])]);
        }

        if (images.FileNames is not { } files)
        {
            throw new InputException($"{path} names files in its column {columns.File}, but {source} is an array without file names: "
                + "remove that column to take the labels in the order of the array.");
        }

        var rows = CsvTable.ReadTexts(path, columns.File, columns.Label);
        var order = FileNameColumn.RowsOf([.. rows.Select(row => row[0])], files, path);
        return Add(images, path, source, [.. order.Select(row => rows[row][1])]);
    }

    private static ExampleSet Add(ExampleSet images, string path, string source, string[] texts)
    {
        if (Array.FindIndex(texts, text => text.Length == 0) is >= 0 and var empty)
            throw new InputException($"{path} has no label for {images.FileNames?[empty] ?? $"image {empty} (zero-based)"}: give one.");
        var names = TextLabels.NamesOf(texts);
        if (names?.FirstOrDefault(name => name.Any(char.IsControl)) is { } invalid)
            throw new InputException($"{path} has the label '{TableColumns.Shorten(invalid)}' with a control character: rename it.");
        return Add(images, path, source, TextLabels.ToLabels(texts, names), names);
    }

    private static ExampleSet Add(ExampleSet images, string path, string source, int[] labels, IReadOnlyList<string>? names)
    {
        if (labels.Length != images.Count)
        {
            throw new InputException(
                $"{path} holds {labels.Length} labels for the {images.Count} images of {source}: give one for each.");
        }

        if (labels.FirstOrDefault(label => label is < 0 or > byte.MaxValue) is not 0 and var invalid)
        {
            throw new InputException($"{path} holds {(names is null ? $"the label {invalid}" : $"{names.Count} different labels")}, but an "
                + $"imported dataset has labels from 0 to {byte.MaxValue}: renumber or merge some.");
        }

        return images.WithLabels(labels, names);
    }

    /// <summary>The columns of a table; null for a file without a line of names.</summary>
    private static (string? File, string Label)? FindColumns(string path)
    {
        if (path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) || !CsvTable.TryReadHeader(path, out var header))
            return null;
        var file = FileNameColumn.Find(header);
        var label = LabelColumns
            .Select(name => header.FirstOrDefault(column => column.Equals(name, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(column => column is not null);
        if (file is not null && label is null)
        {
            string[] others = [.. header.Where(column => column != file)];
            label = others.Length == 1 ? others[0] : throw new InputException(
                $"{path} has no column '{TableFolder.LabelColumn}': it has {TableColumns.Shorten(string.Join(", ", header))}.");
        }

        return label is null ? null : (file, label);
    }
}
