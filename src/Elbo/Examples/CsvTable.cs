using System.Globalization;
using CsvHelper;

namespace Elbo;

/// <summary>A CSV file whose first line has the names of its columns: rows of numbers, and a column of labels.</summary>
/// <param name="Names">The names of the columns of numbers.</param>
/// <param name="Values">The numbers, [count, columns].</param>
/// <param name="Labels">The text of each label; null without a column of labels.</param>
/// <param name="Note">What was left out, in one sentence; null for nothing.</param>
internal sealed record CsvTable(IReadOnlyList<string> Names, double[] Values, IReadOnlyList<string>? Labels, string? Note = null)
{
    /// <summary>Reads a file. A row has a value for each column; only those of the columns chosen are read as numbers.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns to read as numbers; null for all but the labels.</param>
    /// <param name="labelColumn">The column of labels; null for none.</param>
    /// <exception cref="InputException">
    /// The file is missing, a row has another number of values, or a value is no finite number.
    /// </exception>
    public static CsvTable Read(string path, IReadOnlyList<string>? columns, string? labelColumn) =>
        CsvSource.Read(path, (reader, separator) => Read(reader, new CsvNumbers(separator), path, columns, labelColumn));

    /// <summary>The names of the columns of a file.</summary>
    /// <exception cref="InputException">The file is missing, or does not start with a line of names.</exception>
    public static IReadOnlyList<string> ReadHeader(string path) => CsvSource.Read(path, (reader, _) => ReadHeader(reader, path).Names);

    /// <summary>Reads the line of names if a file begins with one; a number, such as the first of a list of labels, is no name.</summary>
    /// <exception cref="InputException">The file is missing.</exception>
    public static bool TryReadHeader(string path, out IReadOnlyList<string> header)
    {
        var names = CsvSource.Read(path, (reader, _) => ReadFields(reader));
        header = names;
        return names.Length > 0 && !names.Any(name => name.Length == 0) && !names.All(CsvHeader.IsNumber);
    }

    /// <summary>Reads some columns as texts, which may be empty.</summary>
    /// <exception cref="InputException">The file is missing, has no such column, or a row has another number of values.</exception>
    public static string[][] ReadTexts(string path, params string[] columns) => CsvSource.Read(path, (reader, separator) =>
    {
        var header = ReadHeader(reader, path);
        var chosen = TableColumns.Choose(header.All, columns, path);
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

    private static CsvTable Read(
        CsvReader reader, CsvNumbers numbers, string path, IReadOnlyList<string>? columns, string? labelColumn)
    {
        var header = ReadHeader(reader, path);
        var label = labelColumn is null ? -1 : TableColumns.Find(header.All, labelColumn, path);
        int[] chosen = [.. TableColumns.Choose(header.All, columns, path).Where(column => columns is not null || column != label)];
        var index = columns is null && header.MayHaveIndex && label != 0 ? new CsvIndexColumn(header.HasUnnamedIndex) : null;
        var values = new List<double>();
        var labels = new List<string>();
        foreach (var _ in RowsOf(reader, path, header))
        {
            foreach (var column in chosen)
            {
                if (column != 0 || index?.Add(reader.GetString(0), path, reader.LineNumber) != true)
                    values.Add(NumberIn(reader, numbers, column, path, header));
                else
                    values.Add(0);
            }

            if (label >= 0)
                labels.Add(reader.IsEmpty(label) ? throw Missing(reader, label, path, header) : reader.GetString(label));
        }

        var table = new CsvTable([.. chosen.Select(column => header.All[column])], [.. values], label < 0 ? null : labels);
        return index is null ? table : index.RemoveFrom(table, path);
    }

    /// <summary>Goes through the rows, with the number of each.</summary>
    private static IEnumerable<int> RowsOf(CsvReader reader, string path, CsvHeader header)
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

            if (empty is not null || !header.Fits(reader.FieldCount, reader.IsEmpty(reader.FieldCount - 1)))
            {
                throw new InputException(
                    $"{path} does not have {header.All.Length} values on line {empty ?? reader.LineNumber}, one for each column name in "
                    + "its first line.");
            }

            yield return row++;
        }
    }

    private static CsvHeader ReadHeader(CsvReader reader, string path) => new(ReadFields(reader), path);

    private static string[] ReadFields(CsvReader reader) =>
        reader.Read() ? [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)] : [];

    private static double NumberIn(CsvReader reader, CsvNumbers numbers, int column, string path, CsvHeader header)
    {
        if (numbers.IsEnglish && double.TryParse(reader.GetSpan(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var plain)
            && double.IsFinite(plain))
            return plain;
        if (reader.IsEmpty(column))
            throw Missing(reader, column, path, header);
        var text = reader.GetString(column);
        return numbers.Read(text, out var value) is not { } problem ? value : throw new InputException(
            $"{path} has '{TableColumns.Shorten(text)}' on line {reader.LineNumber} in the column "
            + $"{TableColumns.Shorten(header.All[column])}, {problem}.");
    }

    private static InputException Missing(CsvReader reader, int column, string path, CsvHeader header) =>
        new($"{path} has no value on line {reader.LineNumber} in the column {TableColumns.Shorten(header.All[column])}.");
}
