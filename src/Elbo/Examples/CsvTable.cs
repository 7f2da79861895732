using System.Globalization;

namespace Elbo;

/// <summary>A CSV file whose first line has the names of its columns: rows of numbers, and a column of labels.</summary>
/// <param name="Names">The names of the columns of numbers.</param>
/// <param name="Values">The numbers, [count, columns].</param>
/// <param name="Labels">The text of each label; null without a column of labels.</param>
internal sealed record CsvTable(IReadOnlyList<string> Names, double[] Values, IReadOnlyList<string>? Labels)
{
    /// <summary>Reads a file. A line has a value for each column; only those of the columns chosen are read as numbers.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns to read as numbers; null for all but the labels.</param>
    /// <param name="labelColumn">The column of labels; null for none.</param>
    /// <exception cref="InputException">The file is missing, a line has another number of values, or a value is no number.</exception>
    public static CsvTable Read(string path, IReadOnlyList<string>? columns, string? labelColumn) =>
        InputFile.Read(path, stream => Read(stream, path, columns, labelColumn));

    /// <summary>The names of the columns of a file.</summary>
    /// <exception cref="InputException">The file is missing, or does not start with a line of names.</exception>
    public static IReadOnlyList<string> ReadHeader(string path) => InputFile.Read(path, stream =>
    {
        using var reader = new StreamReader(stream);
        return ReadHeader(reader, path);
    });

    private static CsvTable Read(FileStream stream, string path, IReadOnlyList<string>? columns, string? labelColumn)
    {
        using var reader = new StreamReader(stream);
        var header = ReadHeader(reader, path);
        var label = labelColumn is null ? -1 : TableColumns.Find(header, labelColumn, path);
        int[] chosen = [.. TableColumns.Choose(header, columns, path).Where(column => columns is not null || column != label)];
        var values = new List<double>();
        var labels = new List<string>();
        for (var number = 2; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 && reader.EndOfStream)
                break;
            if (CsvLine.Split(line) is not { } cells || cells.Count != header.Count)
            {
                throw new InputException(
                    $"{path} does not have {header.Count} values on line {number}, one for each column name in its first line.");
            }

            foreach (var column in chosen)
                values.Add(NumberIn(cells[column], path, number, header[column]));
            if (label >= 0)
                labels.Add(cells[label].Length > 0 ? cells[label] : throw new InputException($"{path} has no label on line {number}."));
        }

        return new CsvTable([.. chosen.Select(column => header[column])], [.. values], label < 0 ? null : labels);
    }

    private static IReadOnlyList<string> ReadHeader(StreamReader reader, string path)
    {
        var header = CsvLine.Split(reader.ReadLine() ?? "");
        return header is null || header.Any(string.IsNullOrWhiteSpace)
            ? throw new InputException($"{path} does not start with a line of column names: add one, such as width,slant.")
            : header;
    }

    private static double NumberIn(string cell, string path, int line, string column) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InputException($"{path} has '{TableColumns.Shorten(cell)}' on line {line} in the column {column}, not a number.");
}
