namespace Elbo;

/// <summary>Chooses columns of a table by their names.</summary>
internal static class TableColumns
{
    private const int MaxShown = 200;

    /// <summary>The positions of the columns asked for; of all if none is.</summary>
    /// <exception cref="InputException">A column does not exist.</exception>
    /// <exception cref="SettingsException">No column, or one twice, is asked for.</exception>
    public static int[] Choose(IReadOnlyList<string> all, IReadOnlyList<string>? columns, string path)
    {
        if (columns is null)
            return [.. Enumerable.Range(0, all.Count)];
        if (columns.Count == 0 || columns.Distinct().Count() < columns.Count)
            throw new SettingsException($"The columns '{string.Join(',', columns)}' of {path} are not valid: give each column once.");
        return [.. columns.Select(column => Find(all, column, path))];
    }

    /// <summary>The position of a column.</summary>
    /// <exception cref="InputException">It does not exist.</exception>
    public static int Find(IReadOnlyList<string> all, string column, string path) => all.ToList().IndexOf(column) is >= 0 and var index
        ? index
        : throw new InputException($"{path} has no column '{Shorten(column)}': it has {Shorten(string.Join(", ", all))}.");

    /// <summary>A text as a message shows it.</summary>
    public static string Shorten(string text) => text.Length > MaxShown ? text[..MaxShown] + "..." : text;
}
