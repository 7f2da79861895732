namespace Elbo;

/// <summary>
/// A folder that is made complete beside its place, under a name that ends in <c>.partial</c>, and then renamed into it, so that a kill at
/// any moment leaves nothing under the final name. What killed processes left beside the same place is removed before.
/// </summary>
internal sealed class PartialFolder : IDisposable
{
    private const string Suffix = ".partial";
    private const string LockFile = ".lock";

    private readonly string _target;
    private FileStream? _lock;

    /// <summary>Creates the folder.</summary>
    /// <param name="target">Its place, in which there may be an empty folder.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created.</exception>
    public PartialFolder(string target)
    {
        _target = System.IO.Path.TrimEndingDirectorySeparator(GivenPath.Full(target));
        RemoveLeftovers();
        Path = $"{_target}.{Guid.NewGuid():N}{Suffix}";
        Directory.CreateDirectory(Path);
        // As long as its process lives, the lock tells others that the folder is no leftover.
        _lock = new FileStream(System.IO.Path.Combine(Path, LockFile), FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    /// <summary>Where the folder is until it is complete.</summary>
    public string Path { get; }

    /// <summary>Renames the folder into its place.</summary>
    /// <exception cref="IOException">The place has been filled in the meantime, or the folder cannot be renamed.</exception>
    public void Complete()
    {
        Unlock();
        FolderSync.Flush(Path);
        // An empty folder is replaced; deleting one that has been filled in the meantime throws.
        if (Directory.Exists(_target))
            Directory.Delete(_target);
        Directory.Move(Path, _target);
        FolderSync.Flush(System.IO.Path.GetDirectoryName(_target)!);
    }

    /// <summary>Removes the folder if it was not completed.</summary>
    public void Dispose()
    {
        Unlock();
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    private void Unlock()
    {
        if (_lock is null)
            return;
        _lock.Dispose();
        _lock = null;
        File.Delete(System.IO.Path.Combine(Path, LockFile));
    }

    private void RemoveLeftovers()
    {
        var (folder, name) = (System.IO.Path.GetDirectoryName(_target), System.IO.Path.GetFileName(_target));
        if (!Directory.Exists(folder))
            return;
        foreach (var path in Directory.EnumerateDirectories(folder))
        {
            var rest = System.IO.Path.GetFileName(path);
            if (rest.Length <= name.Length + 1 + Suffix.Length || !rest.StartsWith(name + ".", StringComparison.Ordinal)
                || !rest.EndsWith(Suffix, StringComparison.Ordinal)
                || !Guid.TryParseExact(rest[(name.Length + 1)..^Suffix.Length], "N", out _) || IsLink(path) || IsLocked(path))
                continue;
            try
            {
                Directory.Delete(path, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // What cannot be removed does not stand in the way.
            }
        }
    }

    private static bool IsLink(string path) => new DirectoryInfo(path).LinkTarget is not null;

    private static bool IsLocked(string path) => FileLock.IsTaken(System.IO.Path.Combine(path, LockFile));
}
