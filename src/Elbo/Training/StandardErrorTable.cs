using System.Globalization;
using System.Text;

namespace Elbo;

/// <summary>
/// standard-errors.csv: the standard error over examples of the -ELBO of each row of metrics.csv, whose columns stay as they are. Runs of
/// earlier versions do not have the file.
/// </summary>
internal static class StandardErrorTable
{
    private const string Header = "step,epoch,split,examples,standard_error\n";
    private const int MaxLines = 1 << 20;
    private const long MaxLength = 1L << 26;

    /// <summary>The first line of the file.</summary>
    public static string Begin => Header;

    /// <summary>The line of a split at the end of an epoch; the cell of a single example, which has no spread, is empty.</summary>
    public static string Line(string split, SplitTerms terms, long step, int epoch)
    {
        var error = double.IsFinite(terms.StandardError) ? terms.StandardError.ToString("R", CultureInfo.InvariantCulture) : "";
        return $"{step},{epoch},{split},{terms.Examples},{error}\n";
    }

    /// <summary>Reads the rows of the file; a missing one has none, and an incomplete last line is ignored.</summary>
    /// <exception cref="InputException">The file cannot be read, or is not such a table.</exception>
    public static IReadOnlyList<StandardErrorRow> Read(string path)
    {
        if (!Path.Exists(path) && !RegularFile.IsLink(path))
            return [];
        var text = RunFile.Read(path, MaxLength, stream =>
        {
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return Encoding.UTF8.GetString(bytes.AsSpan(0, bytes.AsSpan().LastIndexOf((byte)'\n') + 1));
        });
        if (text.AsSpan().Count('\n') > MaxLines)
            throw new InputException($"{path} is damaged: it has more than {MaxLines} lines.");
        if (text.Length == 0)
            return [];
        try
        {
            if (!text.StartsWith(Header, StringComparison.Ordinal))
                throw new FormatException("The columns are others.");
            var rows = new List<StandardErrorRow>();
            foreach (var line in text[Header.Length..].Split('\n', StringSplitOptions.RemoveEmptyEntries))
                rows.Add(Parse(line));
            return rows.DistinctBy(row => row.Key).Count() == rows.Count ? rows : throw new FormatException("Two rows are of one epoch.");
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new InputException(
                $"{path} is damaged: it is not a table of standard errors that this version of Elbo has written. Remove it to go without.",
                exception);
        }
    }

    /// <summary>The content of the file with some of its rows.</summary>
    public static string Write(IEnumerable<StandardErrorRow> rows) => string.Concat(rows.Select(row => row.Line + "\n").Prepend(Header));

    private static StandardErrorRow Parse(string line)
    {
        var cells = line.Split(',');
        if (cells.Length != 5 || cells[2] is not ("train" or "validation" or "test"))
            throw new FormatException("A line has more or fewer cells than the table has columns, or no split.");
        var error = cells[4].Length == 0 ? (double?)null : double.Parse(cells[4], NumberStyles.Float, CultureInfo.InvariantCulture);
        if (Whole(cells[3]) < 1 || error is { } value && !(value >= 0 && double.IsFinite(value)))
            throw new FormatException("A number is out of range.");
        return new StandardErrorRow(
            (long.Parse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture), Whole(cells[1]), cells[2]), error, line);
    }

    private static int Whole(string cell) => int.Parse(cell, NumberStyles.None, CultureInfo.InvariantCulture);
}

/// <summary>One line of standard-errors.csv.</summary>
/// <param name="Key">Step, epoch and split, which name a row of metrics.csv.</param>
/// <param name="StandardError">The standard error in nats; null for a single example.</param>
/// <param name="Line">The line as it stands, without its end.</param>
internal sealed record StandardErrorRow((long Step, int Epoch, string Split) Key, double? StandardError, string Line);
