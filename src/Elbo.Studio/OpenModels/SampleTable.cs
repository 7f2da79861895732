namespace Elbo.Studio;

/// <summary>Generated rows of a table.</summary>
/// <param name="Names">The names of the shown columns.</param>
/// <param name="Rows">The rows, in the units of the data.</param>
/// <param name="Columns">How many columns there are: the first ones are shown.</param>
/// <param name="Csv">All columns as the content of a CSV file.</param>
internal sealed record SampleTable(IReadOnlyList<string> Names, IReadOnlyList<IReadOnlyList<double>> Rows, int Columns, byte[] Csv)
{
    private const int MaxColumns = 12;

    public static SampleTable Of(OpenModel opened, ExampleValues values)
    {
        var size = opened.Shape.Size;
        var names = NamesOf(opened);
        return new SampleTable(
            [.. names.Take(MaxColumns).Select(PrintableText.Of)],
            [.. Enumerable.Range(0, values.Count).Select(row => (IReadOnlyList<double>)values.Row(row)[..Math.Min(size, MaxColumns)])],
            size,
            CsvOf(values, opened.Examples.ValueNames));
    }

    /// <summary>The names of the columns, or their positions from 1.</summary>
    public static IReadOnlyList<string> NamesOf(OpenModel opened) =>
        opened.Examples.ValueNames ?? [.. Enumerable.Range(1, opened.Shape.Size).Select(index => $"{index}")];

    /// <summary>A number with the digits that a page has space for.</summary>
    public static string Text(double value) => FormattableString.Invariant($"{value:0.####}");

    private static byte[] CsvOf(ExampleValues values, IReadOnlyList<string>? names)
    {
        var file = Path.GetTempFileName();
        try
        {
            values.SaveCsv(file, names);
            return File.ReadAllBytes(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
