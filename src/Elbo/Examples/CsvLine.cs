using System.Text;

namespace Elbo;

/// <summary>Parses one line of comma-separated values with the quoting of RFC 4180; line breaks within quotes are not supported.</summary>
internal static class CsvLine
{
    /// <summary>Returns the cells without quotes and surrounding whitespace, or null if a quote is not closed.</summary>
    public static IReadOnlyList<string>? Split(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
                cell.Append(line[i++]);
            else if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ',' && !quoted)
                EndCell();
            else
                cell.Append(line[i]);
        }

        EndCell();
        return quoted ? null : cells;

        void EndCell()
        {
            cells.Add(cell.ToString().Trim());
            cell.Clear();
        }
    }
}
