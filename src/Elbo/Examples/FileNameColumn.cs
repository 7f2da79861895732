namespace Elbo;

/// <summary>Joins the rows of a table to files by a column of the table that has their names.</summary>
internal static class FileNameColumn
{
    private const int MaxNamed = 3;

    private static readonly string[] Names = ["filename", "file_name", "file", "path", "image"];

    /// <summary>The column of file names of a table, without case; null where it has none besides those that are read as values.</summary>
    public static string? Find(IReadOnlyList<string> header, IReadOnlyList<string>? values = null) => Names
        .Select(name => header.FirstOrDefault(column => column.Equals(name, StringComparison.OrdinalIgnoreCase)))
        .FirstOrDefault(column => column is not null && values?.Contains(column) != true);

    /// <summary>
    /// The row of each file. A row names a file by its path, by the end of its path from any folder on, or by a path that ends with it,
    /// each with or without the ending of the name, as long as that means one file only.
    /// </summary>
    /// <param name="names">The name in each row.</param>
    /// <param name="files">The paths of the files, relative to their folder, with slashes.</param>
    /// <param name="table">The table, for messages.</param>
    /// <exception cref="InputException">A file has no row or two, or a row has no file or means several.</exception>
    public static int[] RowsOf(IReadOnlyList<string> names, IReadOnlyList<string> files, string table)
    {
        var index = new FileNameIndex(files);
        var rows = new int[files.Count];
        Array.Fill(rows, -1);
        var unknown = new List<string>();
        for (var row = 0; row < names.Count; row++)
        {
            switch (index.Find(names[row]))
            {
                case []:
                    unknown.Add(names[row]);
                    break;
                case [var file] when rows[file] < 0:
                    rows[file] = row;
                    break;
                case [var file]:
                    throw new InputException($"{table} has two rows for {files[file]} ('{Shown(names[rows[file]])}' and "
                        + $"'{Shown(names[row])}'): give one row for each file.");
                case var several:
                    throw new InputException($"{table} has a row for '{Shown(names[row])}', which may be {files[several[0]]} or "
                        + $"{files[several[1]]}: give paths from the folder of the pictures on.");
            }
        }

        string[] missing = [.. files.Where((_, file) => rows[file] < 0)];
        if (unknown.Count > 0 || missing.Length > 0)
        {
            string?[] counts = [Count(unknown, "rows name no picture"), Count(missing, "pictures have no row")];
            throw new InputException(
                $"{table} does not match the pictures: {string.Join(" and ", counts.OfType<string>())}. Give one row for each picture.");
        }

        return rows;
    }

    private static string? Count(IReadOnlyList<string> names, string what) => names.Count == 0 ? null
        : $"{names.Count} {what} ({string.Join(", ", names.Take(MaxNamed).Select(Shown))}{(names.Count > MaxNamed ? ", ..." : "")})";

    private static string Shown(string name) => TableColumns.Shorten(name);
}
