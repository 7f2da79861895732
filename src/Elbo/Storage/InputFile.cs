namespace Elbo;

/// <summary>Reads files given by the user, and reports errors as one sentence.</summary>
internal static class InputFile
{
    /// <summary>Reads a regular file, or the one a link leads to, through a stream.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads it.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="InputException">The file does not exist, is not readable, or is a FIFO, a device or a folder.</exception>
    /// <exception cref="SettingsException">The path is empty.</exception>
    public static T Read<T>(string path, Func<FileStream, T> read) => Read(path, followsLinks: true, read);

    internal static T Read<T>(string path, bool followsLinks, Func<FileStream, T> read)
    {
        try
        {
            using var stream = RegularFile.OpenRead(GivenPath.Full(path), followsLinks);
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
                : exception is NotRegularFileException
                    ? $"{path} is not read, because {exception.Message}: put a regular file in its place."
                : $"{path} cannot be read: {exception.Message}",
                exception);
        }
    }
}
