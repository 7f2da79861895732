namespace Elbo.Studio;

/// <summary>When a file was written, of which a file system can have a time that .NET has not, such as one after the year 9999.</summary>
internal static class FileTime
{
    /// <summary>The time; the last one that there is where it is out of range.</summary>
    public static DateTime Of(FileSystemInfo file)
    {
        try
        {
            return file.LastWriteTimeUtc;
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTime.MaxValue;
        }
    }
}
