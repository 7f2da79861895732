using System.Globalization;

namespace Elbo;

/// <summary>
/// The first column of a table where it may be an index that pandas wrote. One that counts the rows from 0 is no data and is left out. One
/// without a name may also hold other whole numbers, each once, as the index of shuffled rows does; anything else there is refused.
/// </summary>
internal sealed class CsvIndexColumn(bool isUnnamed)
{
    private readonly List<long> _numbers = [];

    /// <summary>Takes the value of the next row.</summary>
    /// <returns>Whether it is kept here; else it is data like others, and so are those before.</returns>
    /// <exception cref="InputException">The column has no name, and the value is no whole number.</exception>
    public bool Add(string text, string path, long line)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            _numbers.Add(number);
            return isUnnamed;
        }

        return !isUnnamed ? false : throw new InputException(
            $"{path} has '{TableColumns.Shorten(text)}' on line {line} in the first column, which has no name: name it, or remove it.");
    }

    /// <summary>The table without the index.</summary>
    /// <exception cref="InputException">The column has no name and is no index.</exception>
    public CsvTable RemoveFrom(CsvTable table, string path)
    {
        var rows = table.Values.Length / table.Names.Count;
        var counts = rows > 0 && _numbers.SequenceEqual(Enumerable.Range(0, rows).Select(row => (long)row));
        if (!isUnnamed && !counts)
            return table;
        if (!counts && _numbers.Distinct().Count() < _numbers.Count)
            throw new InputException($"{path} has a first column without a name, whose values are no index: name it, or remove it.");
        var width = table.Names.Count;
        return table with
        {
            Names = [.. table.Names.Skip(1)],
            Values = [.. table.Values.Where((_, position) => position % width != 0)],
            Note = $"The first column of {path} ({(isUnnamed ? "without a name" : table.Names[0])}) "
                + $"{(counts ? "counts the rows" : "numbers the rows")} and is left out.",
        };
    }
}
