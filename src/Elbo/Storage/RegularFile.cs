using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Elbo;

/// <summary>
/// Opens files for reading without trusting who made them. Opening a FIFO can block forever and reading a device may never end, so a file
/// is opened without waiting and read only if it is a regular one. On Linux its kind is that of the file that was opened, not of its name.
/// </summary>
internal static partial class RegularFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Opens a regular file.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="followsLinks">Whether the path may be a symbolic link to such a file.</param>
    /// <returns>The stream, which the caller disposes.</returns>
    /// <exception cref="IOException">It does not exist, is not readable, or is something else; the message is a phrase.</exception>
    /// <exception cref="UnauthorizedAccessException">It is not readable.</exception>
    public static FileStream OpenRead(string path, bool followsLinks)
    {
        if (Directory.Exists(path))
            throw new NotRegularFileException("it is a folder where a file is expected");
        if (!followsLinks && IsLink(path))
            throw new NotRegularFileException("it is a symbolic link, which Elbo does not follow here");
        return OperatingSystem.IsLinux() ? OpenOnLinux(path, followsLinks) : OpenElsewhere(path);
    }

    /// <summary>Whether a path is a symbolic link (a reparse point), also one to nothing.</summary>
    public static bool IsLink(string path)
    {
        var info = new FileInfo(path);
        return info.LinkTarget is not null || (info.Exists && info.Attributes.HasFlag(FileAttributes.ReparsePoint));
    }

    /// <summary>How many names a file has, on Linux: a second one (a hard link) is that of another file to its user. 1 elsewhere.</summary>
    public static int CountNames(string path)
    {
        if (!OperatingSystem.IsLinux())
            return 1;
        Span<byte> status = stackalloc byte[LinuxFlags.StatusSize];
        return GetStatus(LinuxFlags.CurrentFolder, path, LinuxFlags.NoFollowStatus, LinuxFlags.NamesOnly, status) < 0
            ? 1
            : BitConverter.ToInt32(status[LinuxFlags.NamesOffset..]);
    }

    private static FileStream OpenElsewhere(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize);
        if (stream.CanSeek)
            return stream;
        stream.Dispose();
        throw new NotRegularFileException("it is not a regular file");
    }

    private static FileStream OpenOnLinux(string path, bool followsLinks)
    {
        var descriptor = Open(path, LinuxFlags.ReadWithoutWaiting | (followsLinks ? 0 : LinuxFlags.NoFollow), 0);
        if (descriptor < 0)
            throw ErrorOf(Marshal.GetLastPInvokeError(), path);
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            if (KindOf(descriptor) != LinuxFlags.RegularFile)
                throw new NotRegularFileException("it is not a regular file");
            return new FileStream(handle, FileAccess.Read, BufferSize);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static int KindOf(int descriptor)
    {
        Span<byte> status = stackalloc byte[LinuxFlags.StatusSize];
        return GetStatus(descriptor, "", LinuxFlags.EmptyPath, LinuxFlags.TypeOnly, status) < 0
            ? throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()))
            : BitConverter.ToUInt16(status[LinuxFlags.ModeOffset..]) & LinuxFlags.KindMask;
    }

    private static Exception ErrorOf(int error, string path) => error switch
    {
        2 or 20 => new FileNotFoundException("it does not exist", path),
        1 or 13 => new UnauthorizedAccessException("access to it is denied"),
        40 => new NotRegularFileException("it is a symbolic link, which Elbo does not follow here"),
        6 => new NotRegularFileException("it is not a regular file"),
        _ => new IOException(Marshal.GetPInvokeErrorMessage(error)),
    };

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    // The layout of its result is the same on every architecture, unlike that of fstat.
    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetStatus(int folder, string path, int flags, uint mask, Span<byte> status);

    /// <summary>Numbers of the Linux system calls.</summary>
    private static class LinuxFlags
    {
        // O_RDONLY | O_NONBLOCK | O_CLOEXEC
        public const int ReadWithoutWaiting = 0x800 | 0x80000;
        public const int EmptyPath = 0x1000;
        public const uint TypeOnly = 1;
        public const uint NamesOnly = 4;
        public const int NamesOffset = 16;
        public const int CurrentFolder = -100;
        public const int NoFollowStatus = 0x100;
        public const int StatusSize = 256;
        public const int ModeOffset = 28;
        public const int KindMask = 0xF000;
        public const int RegularFile = 0x8000;

        public static int NoFollow =>
            RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;
    }
}

/// <summary>A path leads to something that is no regular file.</summary>
/// <param name="message">What it is, as a phrase.</param>
internal sealed class NotRegularFileException(string message) : IOException(message);
