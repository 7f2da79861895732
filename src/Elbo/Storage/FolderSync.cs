using System.Runtime.InteropServices;

namespace Elbo;

/// <summary>Makes a rename durable: on Unix a new name survives a power failure only after the folder has been flushed.</summary>
internal static partial class FolderSync
{
    private const int ReadOnly = 0;

    /// <summary>
    /// Flushes a folder to disk. Failures are ignored, because the file is complete under either name; on Windows it is not necessary.
    /// </summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
            return;
        _ = Synchronize(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Synchronize(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
