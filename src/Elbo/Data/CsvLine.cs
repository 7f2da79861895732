using System.Text;

namespace Elbo;

/// <summary>One line of comma-separated values, quoted where RFC 4180 says so; a line break within quotes is not understood.</summary>
internal static class CsvLine
{
    /// <summary>The cells without their quotes and surrounding blanks, or null where a quote is not closed.</summary>
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
                Take();
            else
                cell.Append(line[i]);
        }

        Take();
        return quoted ? null : cells;

        void Take()
        {
            cells.Add(cell.ToString().Trim());
            cell.Clear();
        }
    }
}
