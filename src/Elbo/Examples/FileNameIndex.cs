namespace Elbo;

/// <summary>Finds files by names that others gave them: whole paths, ends of paths, or paths from a folder above on.</summary>
internal sealed class FileNameIndex
{
    private readonly Dictionary<string, List<int>> _paths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _pathsWithoutEnding = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _ends = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _endsWithoutEnding = new(StringComparer.Ordinal);

    /// <param name="files">The paths of the files, relative to their folder, with slashes.</param>
    public FileNameIndex(IReadOnlyList<string> files)
    {
        for (var file = 0; file < files.Count; file++)
        {
            Add(files[file], file, _paths, _pathsWithoutEnding);
            foreach (var end in EndsOf(files[file]))
                Add(end, file, _ends, _endsWithoutEnding);
        }
    }

    /// <summary>The files that a name may mean: those of the strictest reading that means any.</summary>
    public IReadOnlyList<int> Find(string name)
    {
        var path = name.Trim().Replace('\\', '/');
        while (path.StartsWith("./", StringComparison.Ordinal))
            path = path[2..];
        foreach (var index in new[] { _paths, _pathsWithoutEnding, _ends, _endsWithoutEnding })
        {
            if (index.TryGetValue(path, out var files))
                return files;
        }

        // A path from a folder above on ends with the whole path of a file, not only with its name: cat/1.png is not dog/1.png.
        foreach (var end in EndsOf(path))
        {
            if (_paths.TryGetValue(end, out var files) || _pathsWithoutEnding.TryGetValue(end, out files))
                return files;
        }

        return [];
    }

    private static void Add(string path, int file, Dictionary<string, List<int>> names, Dictionary<string, List<int>> withoutEnding)
    {
        AddTo(names, path, file);
        if (path.LastIndexOf('.') is > 0 and var dot && path.IndexOf('/', dot) < 0 && path[dot - 1] != '/')
            AddTo(withoutEnding, path[..dot], file);
    }

    private static void AddTo(Dictionary<string, List<int>> index, string key, int file)
    {
        if (!index.TryGetValue(key, out var files))
            index[key] = files = [];
        files.Add(file);
    }

    private static IEnumerable<string> EndsOf(string path)
    {
        for (var start = 0; start < path.Length;)
        {
            yield return path[start..];
            var slash = path.IndexOf('/', start);
            start = slash < 0 ? path.Length : slash + 1;
        }
    }
}
