using System.Globalization;
using System.Text;

namespace Elbo;

/// <summary>
/// Allows one training of a run at a time, also across processes, and so is the proof that one is alive. The file of the lock has the id of
/// the process that took it last.
/// </summary>
internal static class TrainingLock
{
    private const int MaxIdLength = 20;

    // Whoever only looks whether a run is being trained holds the lock for an instant.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>Locks a run directory until the returned object is disposed.</summary>
    /// <exception cref="SettingsException">Another training holds the lock.</exception>
    /// <exception cref="EnvironmentException">The folder is not writable.</exception>
    public static IDisposable Take(RunDirectory directory)
    {
        var path = PathIn(directory.Folder);
        var taken = FileLock.TryTake(path);
        for (var end = DateTime.UtcNow + Patience; taken is null && DateTime.UtcNow < end; taken = FileLock.TryTake(path))
            Thread.Sleep(1);
        if (taken is null)
            throw new SettingsException($"The run {directory.Folder} is being trained right now: wait for its end, or stop it first.");
        try
        {
            taken.SetLength(0);
            taken.Write(Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            return taken;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            taken.Dispose();
            throw AtomicFile.CannotWrite(path, exception);
        }
    }

    /// <summary>Whether a training of a run is alive.</summary>
    public static bool IsTaken(RunDirectory directory) => FileLock.IsTaken(PathIn(directory.Folder));

    /// <summary>The id of the process that trains a run; null where none does, or where it cannot be found out.</summary>
    public static int? FindHolder(RunDirectory directory)
    {
        // Windows lets nobody read the file of a lock that is held.
        if (OperatingSystem.IsWindows() || !IsTaken(directory))
            return null;
        try
        {
            using var stream = RegularFile.OpenRead(PathIn(directory.Folder), followsLinks: false);
            Span<byte> text = stackalloc byte[MaxIdLength];
            var length = stream.ReadAtLeast(text, MaxIdLength, throwOnEndOfStream: false);
            return int.TryParse(text[..length].TrimEnd("\n"u8), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string PathIn(string folder) => Path.Combine(folder, StagedFolder.LockFile);
}
