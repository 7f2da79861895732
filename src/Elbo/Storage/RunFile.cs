using System.Text;

namespace Elbo;

/// <summary>
/// Reads and writes the files in the folder of a run. The folder may come from somebody else, so no link in it is followed, neither to read
/// nor to write, and no file is read that is larger than such a file can be.
/// </summary>
public static class RunFile
{
    internal const string CheckpointFolder = "checkpoints";
    internal const string SampleFolder = "samples";
    internal const string GraphFolder = "graphs";

    /// <summary>The folders within the folder of a run.</summary>
    internal static readonly string[] Folders = [CheckpointFolder, SampleFolder, GraphFolder];

    /// <summary>The most bytes of a file of settings or of a record.</summary>
    internal const int MaxTextLength = 1 << 23;

    /// <summary>Reads a file through a stream.</summary>
    /// <param name="path">The file, in the folder of the run or in a folder within.</param>
    /// <param name="maxLength">The most bytes it may have.</param>
    /// <param name="read">Reads it.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="InputException">It is missing, not readable, no regular file, a link, or too large.</exception>
    internal static T Read<T>(string path, long maxLength, Func<FileStream, T> read)
    {
        EnsureNoLinkedFolder(path);
        return InputFile.Read(path, followsLinks: false, stream => stream.Length <= maxLength
            ? read(stream)
            : throw new InputException(
                $"{path} has {stream.Length} bytes, but such a file of a run has at most {maxLength}: it is damaged or no file of Elbo."));
    }

    /// <summary>Reads text in UTF-8.</summary>
    /// <param name="path">The file, in the folder of the run or in a folder within.</param>
    /// <returns>The text.</returns>
    /// <exception cref="InputException">It is missing, not readable, no regular file, a link, or larger than 8 MiB.</exception>
    public static string ReadText(string path) => Read(path, MaxTextLength, stream =>
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    });

    /// <summary>Reads bytes.</summary>
    /// <param name="path">The file, in the folder of the run or in a folder within.</param>
    /// <param name="maxLength">The most bytes it may have.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="InputException">It is missing, not readable, no regular file, a link, or too large.</exception>
    public static byte[] ReadBytes(string path, int maxLength) => Read(path, maxLength, stream =>
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    });

    /// <summary>Opens a file to append to it; a new one is created.</summary>
    /// <exception cref="EnvironmentException">It is a link or no regular file, or is not writable.</exception>
    internal static FileStream OpenAppend(string path)
    {
        EnsureWritable(path);
        Separate(path);
        try
        {
            return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.CannotWrite(path, exception);
        }
    }

    /// <summary>
    /// Gives a file that is about to be changed in place content of its own, if it shares it with a file of another name: a folder that was
    /// unpacked or copied can have hard links to any file of its user.
    /// </summary>
    /// <param name="path">The file; it need not exist.</param>
    /// <exception cref="EnvironmentException">It is too large to be one of a run, or is not readable or writable.</exception>
    public static void Separate(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path) || RegularFile.CountNames(path) < 2)
            return;
        try
        {
            var mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);
            AtomicFile.WriteBytes(path, ReadBytes(path, MaxTextLength));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, mode);
        }
        catch (InputException exception)
        {
            throw new EnvironmentException(
                $"{path} is not written, because it is another file of this machine too (a hard link): put a copy in its place.",
                exception);
        }
    }

    /// <summary>Appends bytes and returns when they are on the disk.</summary>
    /// <exception cref="EnvironmentException">The disk is full, or the file is not writable.</exception>
    internal static void Append(FileStream stream, ReadOnlySpan<byte> bytes)
    {
        try
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.CannotWrite(stream.Name, exception);
        }
    }

    /// <summary>Rejects a path that leads out of the folder of the run or to something that is no regular file.</summary>
    /// <param name="path">The file, in the folder of the run or in a folder within; it need not exist.</param>
    /// <exception cref="EnvironmentException">It does.</exception>
    public static void EnsureWritable(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new EnvironmentException(
                $"{path} is not written, because its folder no longer exists: it was moved or removed while it was in use.");
        }

        if (LinkIn(path) is { } link)
            throw new EnvironmentException($"{path} is not written, because {link} is a symbolic link: put a regular one in its place.");
        if (!File.Exists(path))
            return;
        try
        {
            RegularFile.OpenRead(path, followsLinks: false).Dispose();
        }
        catch (NotRegularFileException exception)
        {
            throw new EnvironmentException(
                $"{path} is not written, because {exception.Message}: remove it, or put a regular file in its place.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whether it can be written is another question.
        }
    }

    /// <summary>Rejects a folder within a run that is a link to another one.</summary>
    /// <exception cref="InputException">It is.</exception>
    private static void EnsureNoLinkedFolder(string path)
    {
        if (LinkedFolderOf(path) is { } link)
            throw new InputException($"{path} is not read, because {link} is a symbolic link: put a real folder in its place.");
    }

    private static string? LinkIn(string path) => RegularFile.IsLink(path) ? path : LinkedFolderOf(path);

    // The folder of the run itself may be a link: its user named it.
    private static string? LinkedFolderOf(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        return Folders.Contains(Path.GetFileName(folder)) && RegularFile.IsLink(folder)
            ? folder
            : null;
    }
}
