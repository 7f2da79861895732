using System.Globalization;

namespace Elbo;

/// <summary>
/// The first line of a CSV file: the names of its columns. A first column without a name, as pandas writes its index, and a last one, as a
/// comma at the end of each line makes it, are no columns of data.
/// </summary>
internal sealed class CsvHeader
{
    // The name that pandas gives the column of an index that it wrote before.
    private const string ReadIndexName = "Unnamed: 0";

    /// <exception cref="InputException">There are no names.</exception>
    public CsvHeader(string[] names, string path)
    {
        // Whole numbers may be names, such as years.
        var isData = names.All(IsNumber) && !names.All(name => long.TryParse(name, CultureInfo.InvariantCulture, out _));
        if (names.Length == 0 || isData || names.All(string.IsNullOrWhiteSpace))
            throw new InputException($"{path} does not start with a line of column names: add one, such as width,slant.");
        HasTrailing = names.Length > 1 && names[^1].Length == 0;
        All = HasTrailing ? names[..^1] : names;
        HasUnnamedIndex = All.Length > 1 && All[0].Length == 0;
        if (All.Skip(HasUnnamedIndex ? 1 : 0).Any(string.IsNullOrWhiteSpace))
        {
            var position = Array.FindIndex(All, HasUnnamedIndex ? 1 : 0, string.IsNullOrWhiteSpace) + 1;
            throw new InputException(
                $"{path} does not start with a line of column names: column {position} of {All.Length} has none. Name it, or remove it.");
        }
    }

    /// <summary>The names of all columns but the last, if that is empty.</summary>
    public string[] All { get; }

    /// <summary>Whether the line ends with a separator, as the others then may.</summary>
    public bool HasTrailing { get; }

    /// <summary>Whether the first column has no name, so that it can only be an index.</summary>
    public bool HasUnnamedIndex { get; }

    /// <summary>Whether the first column may be an index that pandas wrote.</summary>
    public bool MayHaveIndex => HasUnnamedIndex || (All.Length > 1 && All[0] == ReadIndexName);

    /// <summary>The names of the columns that can be chosen.</summary>
    public IReadOnlyList<string> Names => HasUnnamedIndex ? All[1..] : All;

    /// <summary>Whether a row has a value for each column.</summary>
    /// <param name="count">The number of its values.</param>
    /// <param name="endsEmpty">Whether the last of them is empty.</param>
    public bool Fits(int count, bool endsEmpty) => count == All.Length || (count == All.Length + 1 && endsEmpty);

    public static bool IsNumber(string name) => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
