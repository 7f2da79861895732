using System.Text.RegularExpressions;

namespace Elbo;

/// <summary>
/// A new folder that is made complete under a temporary name beside its own and then renamed, so that a process killed at any moment
/// leaves either the complete folder or none. What a killed process left under a temporary name is removed by the next one.
/// </summary>
public sealed partial class StagedFolder : IDisposable
{
    /// <summary>The name of the file that is locked while somebody writes into the folder of a run or of a sweep.</summary>
    internal const string LockFile = "training.lock";

    // A folder is locked a moment after it was made.
    private static readonly TimeSpan UntilLocked = TimeSpan.FromMinutes(1);

    private readonly string _given;
    private readonly string _target;
    private readonly IReadOnlyList<string> _createdParents;
    private FileStream? _lock;
    private bool _isPublished;

    private StagedFolder(string given, string target, string path, IReadOnlyList<string> createdParents) =>
        (_given, _target, Path, _createdParents) = (given, target, path, createdParents);

    /// <summary>Where to write until the folder is published.</summary>
    public string Path { get; }

    private bool IsInPlace => Path == _target;

    /// <summary>Whether a folder has a temporary name, and so is not complete, or was left by a process that was killed.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Whether it has.</returns>
    public static bool IsTemporary(string folder) => TemporaryName().IsMatch(System.IO.Path.GetFileName(folder));

    /// <summary>Makes the temporary folder.</summary>
    /// <param name="folder">The folder to make; it must not exist or be empty.</param>
    /// <param name="what">What it would overwrite, for the message.</param>
    /// <returns>The temporary folder. Whoever writes into it holds the lock of a run in it.</returns>
    /// <exception cref="FolderTakenException">The folder is not empty.</exception>
    /// <exception cref="SettingsException">The name of the folder is not possible.</exception>
    /// <exception cref="EnvironmentException">It cannot be created.</exception>
    public static StagedFolder Create(string folder, string what)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var target = System.IO.Path.TrimEndingDirectorySeparator(GivenPath.Full(folder));
        if (IsTaken(target))
            throw Taken(folder, what);
        var parent = System.IO.Path.GetDirectoryName(target) ?? target;
        var missing = MissingParents(target);
        try
        {
            Directory.CreateDirectory(parent);
            RemoveLeftovers(parent);
            var name = $".{System.IO.Path.GetFileName(target)}.{Guid.NewGuid():N}.partial";
            return new(folder, target, Directory.CreateDirectory(System.IO.Path.Combine(parent, name)).FullName, missing);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // An empty folder that is there can often be written to where its parent cannot, such as a volume of a container.
            foreach (var created in missing.Where(Directory.Exists))
                TryDelete(created, recursive: false);
            return Directory.Exists(target)
                ? new(folder, target, target, [])
                : throw new EnvironmentException($"The folder {folder} cannot be created: {exception.Message}", exception);
        }
    }

    /// <summary>
    /// The same for a folder that nobody locks later, such as that of a dataset: it is locked until it has its own name.
    /// </summary>
    internal static StagedFolder CreateLocked(string folder, string what)
    {
        var created = Create(folder, what);
        try
        {
            created._lock = FileLock.TryTake(LockPathIn(created.Path)) ?? throw Taken(folder, what);
            return created;
        }
        catch
        {
            created.Dispose();
            throw;
        }
    }

    /// <summary>Gives the folder its own name.</summary>
    /// <param name="last">The file by which others recognise the folder.</param>
    /// <param name="what">What it would overwrite, for the message.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="FolderTakenException">Another process has made a folder of that name.</exception>
    public string Publish(string last, string what)
    {
        if (IsInPlace)
        {
            _isPublished = true;
            Unlock();
            return _target;
        }

        try
        {
            FolderSync.Flush(Path);
            if (!TryReplaceEmpty())
                MoveEntries(last);
            FolderSync.Flush(System.IO.Path.GetDirectoryName(_target)!);
            _isPublished = true;
            Unlock();
            return _target;
        }
        catch (IOException exception) when (IsTaken(_target))
        {
            throw Taken(_given, what, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"The folder {_given} cannot be created: {exception.Message}", exception);
        }
    }

    /// <summary>Removes the temporary folder if it was not published.</summary>
    public void Dispose()
    {
        // Into an empty folder that was there another process may be writing, unless this one has its lock.
        var isAlone = !IsInPlace || _lock is not null;
        _lock?.Dispose();
        _lock = null;
        if (_isPublished || !isAlone)
            return;
        if (IsInPlace)
            TryEmpty(Path);
        else
            TryDelete(Path);
        foreach (var parent in _createdParents)
            TryDelete(parent, recursive: false);
    }

    private static void TryEmpty(string folder)
    {
        foreach (var entry in Directory.GetFileSystemEntries(folder))
        {
            try
            {
                if (Directory.Exists(entry) && !RegularFile.IsLink(entry))
                    Directory.Delete(entry, recursive: true);
                else
                    File.Delete(entry);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // What ended the process matters, not this.
            }
        }
    }

    private static List<string> MissingParents(string folder)
    {
        var missing = new List<string>();
        for (var parent = System.IO.Path.GetDirectoryName(folder); parent is not null && !Directory.Exists(parent);
            parent = System.IO.Path.GetDirectoryName(parent))
            missing.Add(parent);
        return missing;
    }

    private static string LockPathIn(string folder) => System.IO.Path.Combine(folder, LockFile);

    // Only now, so that nobody takes the folder for a leftover before it has its name.
    private void Unlock()
    {
        if (_lock is null)
            return;
        _lock.Dispose();
        _lock = null;
        File.Delete(LockPathIn(_target));
    }

    private static bool IsTaken(string folder) => File.Exists(folder) || RegularFile.IsLink(folder) && !Directory.Exists(folder)
        || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any());

    private static FolderTakenException Taken(string folder, string what, Exception? inner = null) =>
        new($"{folder} is not empty, and {what} never overwrites another: choose a new folder.", inner);

    private bool TryReplaceEmpty()
    {
        // A link to an empty folder stays one.
        if (RegularFile.IsLink(_target))
            return false;
        try
        {
            if (Directory.Exists(_target))
                Directory.Delete(_target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && !IsTaken(_target))
        {
            // The folder is somewhere that cannot be changed, or is where something is mounted.
            return false;
        }

        try
        {
            Directory.Move(Path, _target);
            return true;
        }
        catch (Exception exception) when (OperatingSystem.IsWindows() && exception is IOException or UnauthorizedAccessException
            && !IsTaken(_target))
        {
            // Windows renames no folder in which a file is open, and the lock is.
            Directory.CreateDirectory(_target);
            return false;
        }
    }

    private void MoveEntries(string last)
    {
        foreach (var entry in Directory.GetFileSystemEntries(Path).OrderBy(entry => System.IO.Path.GetFileName(entry) == last))
        {
            var destination = System.IO.Path.Combine(_target, System.IO.Path.GetFileName(entry));
            if (Directory.Exists(entry))
                Directory.Move(entry, destination);
            else
                File.Move(entry, destination);
        }

        Directory.Delete(Path);
    }

    private static void RemoveLeftovers(string parent)
    {
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.None };
        foreach (var folder in Directory.EnumerateDirectories(parent, ".*.partial", options))
        {
            if (IsTemporary(folder)
                && !RegularFile.IsLink(folder)
                && IsOld(folder)
                && !FileLock.IsTaken(LockPathIn(folder)))
                TryDelete(folder);
        }
    }

    private static bool IsOld(string folder)
    {
        try
        {
            return DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > UntilLocked;
        }
        catch (ArgumentOutOfRangeException)
        {
            // A file system can have times that .NET has not.
            return false;
        }
    }

    private static void TryDelete(string folder, bool recursive = true)
    {
        try
        {
            Directory.Delete(folder, recursive);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Left for the next one.
        }
    }

    [GeneratedRegex(@"^\..+\.[0-9a-f]{32}\.partial$")]
    private static partial Regex TemporaryName();
}

/// <summary>A folder that was to be made exists and is not empty.</summary>
/// <param name="message">One sentence.</param>
/// <param name="inner">The cause, if any.</param>
public sealed class FolderTakenException(string message, Exception? inner = null) : SettingsException(message, inner);
