using System.Globalization;

namespace Elbo;

/// <summary>
/// Reads a vector of numbers for each image: a NumPy file [count, attributes], or the columns of a CSV file with a header.
/// </summary>
internal static class AttributeFile
{
    /// <summary>The file beside the four of a dataset that has the attributes of its training images.</summary>
    public const string TrainName = "train-attributes.npy";

    /// <summary>The file with those of its test images.</summary>
    public const string TestName = "t10k-attributes.npy";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; one that does not end in .npy is read as CSV.</param>
    /// <param name="images">How many rows there must be.</param>
    /// <param name="columns">Columns of a CSV file by name, in the order wanted; null for all.</param>
    /// <exception cref="DataException">The file is corrupt, or has another number of rows, or a value that is not a finite number.</exception>
    public static float[] Read(string path, int images, IReadOnlyList<string>? columns = null)
    {
        var isNumPy = path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase);
        if (isNumPy && columns is not null)
            throw new ConfigurationException($"{path} has no names for its columns: leave them out, or give a CSV file.");
        var (rows, values) = isNumPy ? ReadNpy(path) : InputFile.Read(path, stream => ReadCsv(stream, path, columns));
        if (rows != images)
            throw new DataException($"{path} holds attributes for {rows} images, but there are {images}: give one row for each.");
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                var width = values.Length / rows;
                throw new DataException($"{path} holds {values[i]} in row {i / width}, column {i % width}, counted from 0: give finite numbers.");
            }
        }

        return values;
    }

    private static (int Rows, float[] Values) ReadNpy(string path)
    {
        var array = NpyFile.Read(path);
        if (array.Shape.Count is not (1 or 2) || array.Count == 0)
        {
            throw new DataException(
                $"{path} has the shape [{string.Join(", ", array.Shape)}], and attributes are [count, attributes] or [count].");
        }

        float[] values = array.IsFloating
            ? [.. array.FloatingValues().Select(value => (float)value)]
            : [.. array.WholeValues().Select(value => (float)value)];
        return (array.Shape[0], values);
    }

    private static (int Rows, float[] Values) ReadCsv(FileStream stream, string path, IReadOnlyList<string>? columns)
    {
        using var reader = new StreamReader(stream);
        var header = (reader.ReadLine() ?? throw new DataException($"{path} is empty: give a line of names and a row for each image."))
            .Split(',').Select(name => name.Trim()).ToArray();
        int[] wanted = columns is null ? [.. Enumerable.Range(0, header.Length)] : [.. columns.Select(name => Find(header, name, path))];
        var values = new List<float>();
        var rows = 0;
        while (reader.ReadLine() is { } line)
        {
            if (line.AsSpan().Trim().IsEmpty && reader.EndOfStream)
                break;
            var cells = line.Split(',');
            if (cells.Length != header.Length)
                throw new DataException($"{path} has {cells.Length} cells on line {rows + 2}, but {header.Length} names in its first line.");
            foreach (var column in wanted)
            {
                values.Add(float.TryParse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    ? value
                    : throw new DataException($"{path} has '{cells[column]}' under '{header[column]}' on line {rows + 2}: give a number."));
            }

            rows++;
        }

        return (rows, [.. values]);
    }

    private static int Find(string[] header, string name, string path)
    {
        var index = Array.IndexOf(header, name);
        return index >= 0 ? index : throw new ConfigurationException($"{path} has no column '{name}': choose of {string.Join(", ", header)}.");
    }
}
