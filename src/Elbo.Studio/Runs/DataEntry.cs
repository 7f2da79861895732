namespace Elbo.Studio;

/// <summary>Data on which a training can be started.</summary>
/// <param name="Id">By which pages refer to it: the name of a known dataset, or an id that does not reveal the path of a folder.</param>
/// <param name="Name">What pages call it.</param>
/// <param name="Folder">The full path of a folder; null for a known dataset.</param>
internal sealed record DataEntry(string Id, string Name, string? Folder)
{
    // No name of a dataset has a colon.
    private const string FolderPrefix = "folder:";
    private const int IdLength = 16;

    /// <summary>What <c>--data</c> takes: the name of a dataset or the path of a folder.</summary>
    public string Source => Folder ?? Id;

    /// <summary>A known dataset.</summary>
    public static DataEntry OfName(string name) => new(name, name, null);

    /// <summary>A folder, given by its full path.</summary>
    public static DataEntry OfFolder(string folder) =>
        new(FolderPrefix + RunCatalogue.IdOf(folder), PrintableText.Of(Path.GetFileName(folder)), folder);

    /// <summary>Whether a text may be the id of data: whether it is one only <see cref="DataCatalogue"/> knows.</summary>
    public static bool IsId(string? text) => text is not null
        && (Datasets.Names.Contains(text, StringComparer.Ordinal)
            || (text.StartsWith(FolderPrefix, StringComparison.Ordinal) && text.Length == FolderPrefix.Length + IdLength
                && text.Skip(FolderPrefix.Length).All(char.IsAsciiHexDigitLower)));
}
