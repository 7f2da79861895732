namespace Elbo.Studio;

/// <summary>What some data is, or why it cannot be read.</summary>
/// <param name="Facts">What it is; null if it cannot be read.</param>
/// <param name="Problem">Why it cannot be read, in one sentence.</param>
internal sealed record DataReading(DataFacts? Facts, string? Problem)
{
    private const int MaxFiles = 1000;

    /// <summary>Reads data. Whatever is wrong with it is its own problem alone.</summary>
    public static DataReading Of(DataEntry entry)
    {
        try
        {
            var tables = entry.Folder is { } folder ? AttributeTables.In(folder) : null;
            var data = new DataConfiguration
            {
                Attributes = tables is { IsPartOfData: false } ? tables.Train : null,
                TestAttributes = tables is { IsPartOfData: false } ? tables.Test : null,
            };
            return new DataReading(DataFacts.Of(data.Load(entry.Source), tables), null);
        }
        catch (Exception exception)
        {
            var reason = exception is ElboException or IOException or UnauthorizedAccessException
                ? exception.Message
                : $"{entry.Name} cannot be read as data ({exception.GetType().Name}).";
            return new DataReading(null, PrintableText.Of(
                entry.Folder is { } path ? reason.Replace(path, entry.Name, StringComparison.Ordinal) : reason));
        }
    }

    /// <summary>Names, sizes and times of the files of a folder now.</summary>
    public static string SignatureOf(DataEntry entry)
    {
        if (entry.Folder is not { } folder)
            return "";
        try
        {
            return string.Join(
                '/',
                new[] { folder, Path.Combine(folder, AttributeTables.Folder) }.Where(Directory.Exists)
                    .SelectMany(each => new DirectoryInfo(each).EnumerateFiles()).Take(MaxFiles)
                    .Select(file => $"{file.Name}:{file.Length}:{FileTime.Of(file).Ticks}").Order(StringComparer.Ordinal));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
