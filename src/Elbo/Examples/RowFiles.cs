namespace Elbo;

/// <summary>Reads rows of numbers from NumPy and CSV files.</summary>
internal static class RowFiles
{
    /// <summary>Reads [count, width], or [count] for rows of one number.</summary>
    /// <param name="path">The file.</param>
    /// <param name="labels">The label of each row; empty for none.</param>
    /// <param name="names">The names of the columns; null for none.</param>
    /// <param name="labelNames">What the labels stand for; null where that is not known.</param>
    /// <param name="mappedFrom">The size in bytes from which a file of real numbers is mapped instead of read.</param>
    /// <exception cref="InputException">The file is missing or corrupt, has another shape, or a number is not finite.</exception>
    public static RowDataset ReadNpy(
        string path,
        ReadOnlyMemory<int> labels = default,
        IReadOnlyList<string>? names = null,
        IReadOnlyList<string>? labelNames = null,
        long mappedFrom = IdxFile.MappedFrom)
    {
        var layout = NpyFile.ReadLayout(path);
        if (layout.Length == 0 || layout.Shape is not ([_] or [_, _]))
        {
            throw new InputException(
                $"{path} has the shape [{string.Join(", ", layout.Shape)}], but rows must be [count, width] or [count], "
                + "at least one of at least one number.");
        }

        return InFile(path, () => new RowDataset(
            ValueShape.Vector(layout.Shape is [_, var width] ? width : 1),
            Numbers(path, layout, mappedFrom),
            labels,
            null,
            names,
            labelNames));
    }

    /// <summary>Reads a CSV file.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="table">What it holds.</param>
    /// <param name="labelNames">The names of the labels, as <see cref="TextLabels.NamesOf"/> finds them.</param>
    /// <exception cref="InputException">There is no row, a number is not finite, or a label is negative.</exception>
    public static RowDataset Of(string path, CsvTable table, IReadOnlyList<string>? labelNames)
    {
        if (table.Values.Length == 0)
            throw new InputException($"{path} holds no rows of numbers: give at least one, and a column for them.");
        var labels = table.Labels is { } texts ? TextLabels.ToLabels(texts, labelNames) : [];
        return InFile(path, () => new RowDataset(
            ValueShape.Vector(table.Names.Count), new DoubleNumbers(table.Values), labels, null, table.Names, labelNames));
    }

    private static NumberSource Numbers(string path, NpyLayout layout, long mappedFrom)
    {
        var isReal = layout.Type is NpyType.Float32 or NpyType.Float64;
        if (isReal && layout.Length >= mappedFrom && BitConverter.IsLittleEndian)
        {
            var bytes = new MappedPixels(GivenPath.Full(path), layout.Start, layout.Length);
            return new MappedNumbers(bytes, layout.Type == NpyType.Float64);
        }

        var array = NpyFile.Read(path);
        return array.Type switch
        {
            NpyType.Float32 => new SingleNumbers(array.ToFloats()),
            NpyType.Float64 => new DoubleNumbers(array.FloatingValues().ToArray()),
            _ => new DoubleNumbers(array.WholeValues().Select(value => (double)value).ToArray()),
        };
    }

    private static RowDataset InFile(string path, Func<RowDataset> create)
    {
        try
        {
            var rows = create();
            return rows.NotFiniteInMemory is { } problem ? throw new InputException(problem) : rows;
        }
        catch (InputException exception) when (!exception.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InputException($"{path}: {exception.Message}", exception);
        }
    }
}
