namespace Elbo;

/// <summary>
/// Locks on files that exclude other processes and other threads of this one. The system releases a lock however its process ends. The
/// empty file is kept: removing it could remove the lock of another process that has just taken it.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Windows moves an open file only where it was opened for that, and a folder is made elsewhere and moved; others still cannot open it.
    private static readonly FileShare Shared = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    /// <summary>Takes a lock.</summary>
    /// <param name="path">The file of the lock, which is created.</param>
    /// <returns>The lock, released when it is disposed; null if another holds it.</returns>
    /// <exception cref="EnvironmentException">The file cannot be written.</exception>
    public static FileStream? TryTake(string path)
    {
        RunFile.EnsureWritable(path);
        // The file of a lock that is held is not replaced, also if it has a second name.
        if (RegularFile.CountNames(path) > 1 && IsTaken(path))
            return null;
        RunFile.Separate(path);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, Shared, bufferSize: 0);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.CannotWrite(path, exception);
        }
    }

    /// <summary>Takes a lock that others hold for a moment only.</summary>
    /// <param name="path">The file of the lock, which is created.</param>
    /// <param name="patience">How long to wait for it; null for half a minute.</param>
    /// <returns>The lock, released when it is disposed.</returns>
    /// <exception cref="EnvironmentException">The file cannot be written, or another holds the lock all the time.</exception>
    public static FileStream Wait(string path, TimeSpan? patience = null)
    {
        var end = DateTime.UtcNow + (patience ?? Patience);
        while (true)
        {
            if (TryTake(path) is { } taken)
                return taken;
            if (DateTime.UtcNow > end)
                throw new EnvironmentException($"{path} is locked by another process: end that process and try again.");
            Thread.Sleep(Pause);
        }
    }

    /// <summary>Whether somebody holds a lock now.</summary>
    /// <param name="path">The file of the lock, which need not exist.</param>
    /// <returns>Whether it is held; false where that cannot be found out.</returns>
    public static bool IsTaken(string path)
    {
        if (!File.Exists(path) || RegularFile.IsLink(path))
            return false;
        try
        {
            RegularFile.OpenRead(path, followsLinks: false).Dispose();
            // A shared lock, which needs no permission to write and excludes only those that lock alone.
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0).Dispose();
            return false;
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Windows: ERROR_SHARING_VIOLATION. Elsewhere .NET reports errno: EWOULDBLOCK, by system.
    private static bool IsHeld(IOException exception) => OperatingSystem.IsWindows()
        ? exception.HResult == unchecked((int)0x80070020)
        : exception.HResult == (OperatingSystem.IsMacOS() ? 35 : 11);
}
