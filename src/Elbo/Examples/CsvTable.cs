using System.Globalization;
using CsvHelper;

namespace Elbo;

/// <summary>A CSV file whose first line has the names of its columns: rows of numbers, and a column of labels.</summary>
/// <param name="Names">The names of the columns of numbers.</param>
/// <param name="Values">The numbers, [count, columns].</param>
/// <param name="Labels">The text of each label; null without a column of labels.</param>
internal sealed record CsvTable(IReadOnlyList<string> Names, double[] Values, IReadOnlyList<string>? Labels)
{
    // Nothing is guessed or repaired: a quote that is never closed would silently make one value of many rows.
    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        HasHeader = false,
        SkipEmptyLines = false,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
    };

    /// <summary>Reads a file. A row has a value for each column; only those of the columns chosen are read as numbers.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns to read as numbers; null for all but the labels.</param>
    /// <param name="labelColumn">The column of labels; null for none.</param>
    /// <exception cref="InputException">
    /// The file is missing, a row has another number of values, or a value is no finite number.
    /// </exception>
    public static CsvTable Read(string path, IReadOnlyList<string>? columns, string? labelColumn) =>
        Read(path, reader => Read(reader, path, columns, labelColumn));

    /// <summary>The names of the columns of a file.</summary>
    /// <exception cref="InputException">The file is missing, or does not start with a line of names.</exception>
    public static IReadOnlyList<string> ReadHeader(string path) => Read(path, reader => ReadHeader(reader, path));

    /// <summary>Reads the line of names if a file begins with one; a number, such as the first of a list of labels, is no name.</summary>
    /// <exception cref="InputException">The file is missing.</exception>
    public static bool TryReadHeader(string path, out IReadOnlyList<string> header)
    {
        var names = Read(path, reader => reader.Read() ? [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)] : Array.Empty<string>());
        header = names;
        return names.Length > 0 && !names.Any(name => name.Length == 0) && !names.All(IsNumber);
    }

    /// <summary>Reads some columns as texts, which may be empty.</summary>
    /// <exception cref="InputException">The file is missing, has no such column, or a row has another number of values.</exception>
    public static string[][] ReadTexts(string path, params string[] columns) => Read(path, reader =>
    {
        var header = ReadHeader(reader, path);
        var chosen = TableColumns.Choose(header, columns, path);
        var rows = new List<string[]>();
        foreach (var _ in RowsOf(reader, path, header))
            rows.Add([.. chosen.Select(reader.GetString)]);
        return rows.ToArray();
    });

    /// <summary>Writes values with the names of their columns, by default their numbers, and labels in a column <c>label</c>.</summary>
    public static void Write(
        Stream stream,
        ExampleValues values,
        IReadOnlyList<string>? names,
        IReadOnlyList<int>? labels,
        IReadOnlyList<string>? labelNames = null)
    {
        using var writer = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        for (var column = 0; column < values.Shape.Size; column++)
            writer.WriteField(names?[column] ?? column.ToString(CultureInfo.InvariantCulture));
        if (labels is not null)
            writer.WriteField(TableFolder.LabelColumn);
        writer.EndRecord();
        for (var row = 0; row < values.Count; row++)
        {
            foreach (var number in values.Digits(row))
                writer.WriteField(number);
            if (labels is not null)
                writer.WriteField(labelNames?[labels[row]] ?? $"{labels[row]}");
            writer.EndRecord();
        }
    }

    private static T Read<T>(string path, Func<CsvReader, T> read) => InputFile.Read(path, stream =>
    {
        try
        {
            using var reader = CsvReader.Create(stream, Options);
            return read(reader);
        }
        catch (CsvFormatException exception)
        {
            throw new InputException(
                $"{path} has a wrong quotation mark on line {exception.LineNumber}: quotation marks enclose a whole value, and one "
                + "within it is written twice.",
                exception);
        }
    });

    private static CsvTable Read(CsvReader reader, string path, IReadOnlyList<string>? columns, string? labelColumn)
    {
        var header = ReadHeader(reader, path);
        var label = labelColumn is null ? -1 : TableColumns.Find(header, labelColumn, path);
        int[] chosen = [.. TableColumns.Choose(header, columns, path).Where(column => columns is not null || column != label)];
        var values = new List<double>();
        var labels = new List<string>();
        foreach (var _ in RowsOf(reader, path, header))
        {
            foreach (var column in chosen)
                values.Add(NumberIn(reader, column, path, header));
            if (label >= 0)
                labels.Add(reader.IsEmpty(label) ? throw Missing(reader, label, path, header) : reader.GetString(label));
        }

        return new CsvTable([.. chosen.Select(column => header[column])], [.. values], label < 0 ? null : labels);
    }

    /// <summary>Goes through the rows, with the number of each.</summary>
    private static IEnumerable<int> RowsOf(CsvReader reader, string path, string[] header)
    {
        long? empty = null;
        for (var row = 0; reader.Read();)
        {
            // Empty lines may end a file.
            if (reader is { FieldCount: 1, RawRecord.IsEmpty: true })
            {
                empty ??= reader.LineNumber;
                continue;
            }

            if (empty is not null || reader.FieldCount != header.Length)
            {
                throw new InputException(
                    $"{path} does not have {header.Length} values on line {empty ?? reader.LineNumber}, one for each column name in "
                    + "its first line.");
            }

            yield return row++;
        }
    }

    private static string[] ReadHeader(CsvReader reader, string path)
    {
        string[] header = reader.Read() ? [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)] : [];
        // Whole numbers may be names, such as years.
        var isData = header.All(IsNumber) && !header.All(name => long.TryParse(name, CultureInfo.InvariantCulture, out _));
        return header.Length == 0 || isData || header.Any(string.IsNullOrWhiteSpace)
            ? throw new InputException($"{path} does not start with a line of column names: add one, such as width,slant.")
            : header;
    }

    private static bool IsNumber(string name) => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static double NumberIn(CsvReader reader, int column, string path, string[] header)
    {
        var isNumber = double.TryParse(reader.GetSpan(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
        return isNumber && double.IsFinite(value) ? value
            : reader.IsEmpty(column) ? throw Missing(reader, column, path, header)
            : throw new InputException(
                $"{path} has '{TableColumns.Shorten(reader.GetString(column))}' on line {reader.LineNumber} in the column "
                + $"{header[column]}, not a {(isNumber ? "finite " : "")}number.");
    }

    private static InputException Missing(CsvReader reader, int column, string path, string[] header) =>
        new($"{path} has no value on line {reader.LineNumber} in the column {header[column]}.");
}
