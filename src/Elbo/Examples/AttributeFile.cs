using System.Globalization;

namespace Elbo;

/// <summary>
/// Reads attributes, one row per image in the same order, from a NumPy file [count, width] or [count], or from a CSV file whose first line
/// contains the column names.
/// </summary>
internal static class AttributeFile
{
    private const int MaxColumns = 4096;

    /// <param name="path">The file.</param>
    /// <param name="columns">The columns to read: names in a CSV file, zero-based numbers in a NumPy file; null for all.</param>
    /// <param name="images">The number of images, which must equal the number of rows.</param>
    /// <exception cref="InputException">
    /// The file is corrupt or does not have one row per image, a column does not exist, or a value is not a finite number.
    /// </exception>
    public static RowDataset Read(string path, IReadOnlyList<string>? columns, int images)
    {
        var (names, rows) = path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase)
            ? ReadNpy(path, columns)
            : InputFile.Read(path, stream => ReadCsv(stream, path, columns));
        var width = names.Length;
        if (rows.Length != (long)images * width)
            throw new InputException($"{path} holds {rows.Length / width} rows of attributes for {images} images: give one row per image.");
        var invalid = Array.FindIndex(rows, value => !double.IsFinite(value));
        if (invalid >= 0)
        {
            throw new InputException($"{path} holds a value that is not a finite number in row {invalid / width} (zero-based), column "
                + $"{names[invalid % width]}: replace it with a number, or omit the image.");
        }

        return new RowDataset(ValueShape.Vector(width), rows, names: names);
    }

    private static (string[] Names, double[] Values) ReadNpy(string path, IReadOnlyList<string>? columns)
    {
        var array = NpyFile.Read(path);
        if (array.Count == 0 || array.Shape is not ([_] or [_, <= MaxColumns]))
        {
            throw new InputException(
                $"{path} has the shape [{string.Join(", ", array.Shape)}], but attributes must be [count, width] or [count], "
                + $"with at most {MaxColumns} per image.");
        }

        var width = array.Shape.Count == 1 ? 1 : array.Shape[1];
        string[] all = [.. Enumerable.Range(0, width).Select(column => column.ToString(CultureInfo.InvariantCulture))];
        var chosen = Choose(all, columns, path);
        var values = array.IsFloating
            ? array.FloatingValues().ToArray()
            : [.. array.WholeValues().Select(value => (double)value)];
        if (columns is null)
            return (all, values);
        var count = values.Length / width;
        var selected = new double[count * chosen.Length];
        for (var i = 0; i < selected.Length; i++)
            selected[i] = values[i / chosen.Length * width + chosen[i % chosen.Length]];
        return ([.. columns], selected);
    }

    private static (string[] Names, double[] Values) ReadCsv(FileStream stream, string path, IReadOnlyList<string>? columns)
    {
        using var reader = new StreamReader(stream);
        var header = CsvLine.Split(reader.ReadLine() ?? "");
        if (header is null || header.Count > MaxColumns || header.Any(string.IsNullOrWhiteSpace))
            throw new InputException($"{path} does not start with a line of column names: add one, such as width,slant.");
        var chosen = Choose(header, columns, path);
        var values = new List<double>();
        for (var number = 2; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 && reader.EndOfStream)
                break;
            if (CsvLine.Split(line) is not { } cells || cells.Count != header.Count)
                throw new InputException(
                    $"{path} does not have {header.Count} values on line {number}, one for each column name in its first line.");
            foreach (var column in chosen)
            {
                values.Add(double.TryParse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    ? value
                    : throw new InputException(
                        $"{path} has '{Shorten(cells[column])}' on line {number} in the column {header[column]}, not a number."));
            }
        }

        return ([.. chosen.Select(column => header[column])], [.. values]);
    }

    private static int[] Choose(IReadOnlyList<string> all, IReadOnlyList<string>? columns, string path)
    {
        if (columns is null)
            return [.. Enumerable.Range(0, all.Count)];
        if (columns.Count == 0 || columns.Distinct().Count() < columns.Count)
            throw new SettingsException($"The columns '{string.Join(',', columns)}' of {path} are not valid: give each column once.");
        return [.. columns.Select(column => all.ToList().IndexOf(column) is >= 0 and var index
            ? index
            : throw new InputException($"{path} has no column '{column}': it has {Shorten(string.Join(", ", all))}."))];
    }

    private static string Shorten(string text) => text.Length > 200 ? text[..200] + "..." : text;
}
