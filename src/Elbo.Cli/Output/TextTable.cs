using Elbo.Studio;

namespace Elbo.Cli;

/// <summary>A plain-text table with aligned columns and no borders, readable and easy to process with <c>grep</c>.</summary>
internal sealed class TextTable(params string[] headings)
{
    private const string Separator = "  ";
    private readonly List<string[]> _rows = headings.Length == 0 ? [] : [Printable(headings)];

    public void Add(params string[] cells) => _rows.Add(Printable(cells));

    public void Write(TextWriter writer)
    {
        var columns = _rows.Count == 0 ? 0 : _rows.Max(row => row.Length);
        var widths = Enumerable.Range(0, columns)
            .Select(column => _rows.Max(row => column < row.Length ? row[column].Length : 0)).ToArray();
        foreach (var row in _rows)
            writer.WriteLine(string.Join(Separator, row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    // A cell can be a name from a file.
    private static string[] Printable(string[] cells) => [.. cells.Select(PrintableText.Of)];
}
