namespace Elbo;

/// <summary>Reads files given by the user, and reports errors as one sentence.</summary>
internal static class InputFile
{
    /// <summary>Reads a file through a stream; I/O errors become a <see cref="InputException"/>.</summary>
    /// <exception cref="InputException">The file does not exist or is not readable.</exception>
    /// <exception cref="SettingsException">The path is empty.</exception>
    public static T Read<T>(string path, Func<FileStream, T> read)
    {
        try
        {
            using var stream = new FileStream(GivenPath.Full(path), FileMode.Open, FileAccess.Read, FileShare.Read);
            return read(stream);
        }
        catch (EndOfStreamException exception)
        {
            throw new InputException($"{path} ended while it was read: it is truncated, or another program is writing it.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var isMissing = exception is FileNotFoundException or DirectoryNotFoundException;
            throw new InputException(
                Directory.Exists(path) ? $"{path} is a folder where a file is expected: give a file."
                : isMissing ? $"{path} does not exist: give an existing file."
                : $"{path} cannot be read: {exception.Message}",
                exception);
        }
    }
}
