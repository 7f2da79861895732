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
    public static void Write(string path, Action<Stream> write)
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

            File.Move(temporary, path, overwrite: true);
            FolderSync.Flush(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IsDiskFull(exception)
                ? new EnvironmentException($"The disk is full and {path} cannot be written: free some space and try again.", exception)
                : new EnvironmentException($"{path} cannot be written: {exception.Message}", exception);
        }
        finally
        {
            TryDelete(temporary);
        }
    }

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write"/>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="text">The text.</param>
    public static void WriteText(string path, string text) => WriteBytes(path, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Writes bytes.</summary>
    /// <inheritdoc cref="Write"/>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="bytes">The content.</param>
    public static void WriteBytes(string path, ReadOnlyMemory<byte> bytes) => Write(path, stream => stream.Write(bytes.Span));

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
