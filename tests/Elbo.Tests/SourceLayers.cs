namespace Elbo.Tests;

/// <summary>
/// The folders of a project in the order of their layers, and the files that name a type, a component or an extension method of a later
/// one. The sources are read as text, so that components (<c>.razor</c>) count as well, and no reference to the project is needed.
/// </summary>
/// <param name="root">The folder of the project.</param>
/// <param name="layers">
/// The folders, the lowest layer first; folders of the same layer, separated by spaces, must not name each other. The empty string stands
/// for the files of the root.
/// </param>
internal sealed class SourceLayers(string root, params IReadOnlyList<string> layers)
{
    private readonly SourceFile[] _files =
    [
        .. layers.SelectMany((names, layer) => names.Split(' ').SelectMany(folder => Directory
            .EnumerateFiles(Path.Combine(root, folder), "*", folder == "" ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories)
            .Where(IsSource)
            .Select(path => new SourceFile(Path.GetRelativePath(root, path), folder, layer, File.ReadAllText(path))))),
    ];

    /// <summary>The number of types that the files declare.</summary>
    public int TypeCount => Homes(file => file.Types).Count;

    /// <summary>One sentence for each name of a later layer, and for each folder that has no layer.</summary>
    public IReadOnlyList<string> Violations()
    {
        var types = Homes(file => file.Types);
        var methods = Homes(file => file.ExtensionMethods);
        // A method of any other kind hides an extension method of the same name: only types could tell them apart.
        foreach (var name in _files.SelectMany(file => file.Members))
            methods.Remove(name);
        // The namespace of a component is that of its folder.
        string[] namespaces = [.. _files.Where(file => file.IsComponent).Select(file => file.Folder).Distinct().Except(types.Keys)];
        return
        [
            .. _files.SelectMany(file => Later(file, types, file.NamedTypes(namespaces)).Concat(Later(file, methods, file.CalledMethods))),
            .. Directory.EnumerateDirectories(root)
                .Where(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any(IsSource))
                .Select(folder => Path.GetFileName(folder)!)
                .Except([.. layers.SelectMany(names => names.Split(' ')), "bin", "obj"])
                .Select(folder => $"{folder} has no layer"),
        ];
    }

    private static bool IsSource(string path) => Path.GetExtension(path) is ".cs" or ".razor";

    private static IEnumerable<string> Later(SourceFile file, Dictionary<string, SourceFile> homes, IEnumerable<string> names) => names
        .Where(name => homes.TryGetValue(name, out var home)
            && (home.Layer > file.Layer || (home.Layer == file.Layer && home.Folder != file.Folder)))
        .Select(name => $"{file.Path} names {name} of {(homes[name].Folder is "" ? "the root" : homes[name].Folder)}");

    /// <summary>The file of each name; the lowest one, if a name is declared twice.</summary>
    private Dictionary<string, SourceFile> Homes(Func<SourceFile, IEnumerable<string>> names) => _files
        .SelectMany(file => names(file).Select(name => (Name: name, File: file)))
        .GroupBy(declaration => declaration.Name)
        .ToDictionary(group => group.Key, group => group.MinBy(declaration => declaration.File.Layer).File);
}
