namespace Elbo;

/// <summary>Opens files that a user names, so that what goes wrong is said in one sentence.</summary>
internal static class InputFile
{
    /// <summary>Reads a file through a stream; whatever the system refuses on the way becomes one sentence.</summary>
    /// <exception cref="DataException">The file does not exist or cannot be read.</exception>
    /// <exception cref="ConfigurationException">The path is empty.</exception>
    public static T Read<T>(string path, Func<FileStream, T> read)
    {
        try
        {
            using var stream = new FileStream(GivenPath.Full(path), FileMode.Open, FileAccess.Read, FileShare.Read);
            return read(stream);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException(
                Directory.Exists(path) ? $"{path} is a folder where a file is expected." : $"{path} does not exist.", exception);
        }
        catch (EndOfStreamException exception)
        {
            throw new DataException($"{path} ended while it was read: it is truncated, or another program is writing it.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataException(
                Directory.Exists(path) ? $"{path} is a folder where a file is expected." : $"{path} cannot be read: {exception.Message}",
                exception);
        }
    }
}
