using System.Globalization;

namespace Elbo;

/// <summary>
/// Reads attributes, one row per image, from a NumPy file [count, width] or [count], or from a CSV file whose first line contains the
/// column names. The rows are those of the images in their order, or of the files that a column of the CSV file names.
/// </summary>
internal static class AttributeFile
{
    private const int MaxColumns = 4096;

    /// <param name="path">The file.</param>
    /// <param name="columns">The columns to read: names in a CSV file, zero-based numbers in a NumPy file; null for all.</param>
    /// <param name="images">The number of images, which must equal the number of rows.</param>
    /// <param name="files">The files of the images, which a column of file names refers to; null where they have none.</param>
    /// <exception cref="InputException">
    /// The file is corrupt or does not have one row per image, names other files, a column does not exist, or a value is not a finite
    /// number.
    /// </exception>
    public static RowDataset Read(string path, IReadOnlyList<string>? columns, int images, IReadOnlyList<string>? files = null)
    {
        var (names, rows) = path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase)
            ? ReadNpy(path, columns)
            : ReadCsv(path, columns, files);
        var width = names.Length;
        if (width > MaxColumns)
            throw new InputException($"{path} has {width} columns, but at most {MaxColumns} attributes are supported: choose some.");
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

    private static (string[] Names, double[] Values) ReadCsv(
        string path, IReadOnlyList<string>? columns, IReadOnlyList<string>? files)
    {
        var fileColumn = files is null ? null : FileNameColumn.Find(CsvTable.ReadHeader(path), columns);
        var table = CsvTable.Read(path, columns, fileColumn);
        string[] names = [.. table.Names];
        if (fileColumn is null)
            return (names, table.Values);
        var order = FileNameColumn.RowsOf(table.Labels!, files!, path);
        return (names, [.. order.SelectMany(row => table.Values[(row * names.Length)..((row + 1) * names.Length)])]);
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
        var chosen = TableColumns.Choose(all, columns, path);
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
}
