namespace Elbo;

/// <summary>
/// Writes files atomically: a reader sees either the old or the new content. The content is written to a temporary file in the same folder,
/// flushed to disk, and renamed.
/// </summary>
public static class AtomicFile
{
    private const string TemporarySuffix = ".partial";
    private const int BufferSize = 1 << 16;

    /// <summary>Writes a file through a stream. If the writer throws, the previous file is unchanged.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="write">Writes the content; the stream is seekable.</param>
    /// <exception cref="SettingsException">The folder does not exist, or the path is that of a folder.</exception>
    /// <exception cref="EnvironmentException">The disk is full, or the file is not writable.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, beforeRename: null);

    /// <summary>The same, with something done when the new content is complete under its temporary name.</summary>
    internal static void Write(string path, Action<Stream> write, Action? beforeRename)
    {
        var folder = Path.GetDirectoryName(GivenPath.Full(path))!;
        if (!Directory.Exists(folder))
            throw new SettingsException($"{path} cannot be written because the folder {folder} does not exist: create it first.");
        if (Directory.Exists(path))
            throw new SettingsException($"{path} cannot be written because it is a folder: give the name of a file.");

        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}{TemporarySuffix}");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferSize))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            beforeRename?.Invoke();
            File.Move(temporary, path, overwrite: true);
            FolderSync.Flush(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, exception);
        }
        finally
        {
            TryDelete(temporary);
        }
    }

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="text">The text.</param>
    public static void WriteText(string path, string text) => WriteBytes(path, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Writes bytes.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="bytes">The content.</param>
    public static void WriteBytes(string path, ReadOnlyMemory<byte> bytes) => Write(path, stream => stream.Write(bytes.Span));

    /// <summary>Gives a complete file a name in the same file system, unless something has that name already.</summary>
    /// <param name="from">The file.</param>
    /// <param name="to">The name.</param>
    /// <returns>Whether it has the name now; false if something else does.</returns>
    /// <exception cref="EnvironmentException">The file cannot be moved.</exception>
    public static bool TryMove(string from, string to)
    {
        try
        {
            File.Move(from, to, overwrite: false);
            FolderSync.Flush(Path.GetDirectoryName(GivenPath.Full(to))!);
            return true;
        }
        catch (IOException) when (Path.Exists(to) || RegularFile.IsLink(to))
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(to, exception);
        }
    }

    /// <summary>Removes the temporary files in a folder that remain from writes whose process was killed.</summary>
    /// <param name="folder">The folder, which need not exist.</param>
    public static void RemoveLeftovers(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.None };
        foreach (var path in Directory.EnumerateFiles(folder, $".*{TemporarySuffix}", options))
        {
            if (IsTemporaryName(Path.GetFileName(path)))
                TryDelete(path);
        }
    }

    // The names that Write creates: a dot, the name, a dot, 32 hexadecimal digits and the suffix.
    private static bool IsTemporaryName(string name)
    {
        const int digits = 32;
        var rest = name.AsSpan(0, name.Length - TemporarySuffix.Length);
        return rest.Length > digits + 2 && rest[^(digits + 1)] == '.' && Guid.TryParseExact(rest[^digits..], "N", out _);
    }

    /// <summary>A sentence about a file that could not be written.</summary>
    internal static EnvironmentException CannotWrite(string path, Exception exception) => IsDiskFull(exception)
        ? new EnvironmentException($"The disk is full and {path} cannot be written: free some space and try again.", exception)
        : new EnvironmentException($"{path} cannot be written: {exception.Message}", exception);

    /// <summary>Whether an exception means that the disk is full.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>Whether it does.</returns>
    // Windows: ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL. Elsewhere .NET reports errno: ENOSPC and, by system, EDQUOT.
    public static bool IsDiskFull(Exception exception) => OperatingSystem.IsWindows()
        ? exception.HResult is unchecked((int)0x80070070) or unchecked((int)0x80070027)
        : exception.HResult is 28 || exception.HResult == (OperatingSystem.IsMacOS() ? 69 : 122);

    // Ignores errors of the clean-up, so that they do not hide the original exception.
    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
