namespace Elbo.Studio;

/// <summary>
/// The data on which trainings can be started: the known datasets, the folders that the studio was started with, and those on which listed
/// runs were trained. Pages refer to them by ids that are looked up only here, so that input from a page is never used as a path.
/// </summary>
/// <param name="folders">The full paths of folders that the studio was started with.</param>
/// <param name="runs">The listed runs.</param>
internal sealed class DataCatalogue(IReadOnlyList<string> folders, RunCatalogue runs)
{
    private const int MaxRunsRead = 100;
    private const int MaxFolders = 100;

    private readonly IReadOnlyList<string> _folders = [.. folders.Select(Path.TrimEndingDirectorySeparator)];
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Signature, DataReading Reading)> _readings = new(StringComparer.Ordinal);

    /// <summary>How many times data has been read.</summary>
    internal int Reads { get; private set; }

    /// <summary>All data that is there now. The files of runs may be read for it, but not the data.</summary>
    public IReadOnlyList<DataEntry> Entries()
    {
        DataEntry[] found =
        [
            .. _folders.Concat(FoldersOfRuns()).Distinct(StringComparer.Ordinal).Where(Directory.Exists).Take(MaxFolders)
                .Select(DataEntry.OfFolder),
        ];
        var ambiguous = found.GroupBy(entry => entry.Name, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => group.Key).Concat(Datasets.Names).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Datasets.Names.Select(DataEntry.OfName),
            .. found.Select(entry => ambiguous.Contains(entry.Name) ? entry with { Name = WithParent(entry) } : entry),
        ];
    }

    /// <summary>The data with an id, or null if it is not or no longer offered.</summary>
    public DataEntry? Find(string? id) => Entries().FirstOrDefault(entry => string.Equals(entry.Id, id, StringComparison.Ordinal));

    /// <summary>Reads what the data is, one at a time, and again once its files have changed.</summary>
    public DataReading Read(DataEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_gate)
        {
            var signature = DataReading.SignatureOf(entry);
            if (_readings.TryGetValue(entry.Id, out var known) && known.Signature == signature)
                return known.Reading;
            Reads++;
            var reading = DataReading.Of(entry);
            _readings[entry.Id] = (signature, reading);
            return reading;
        }
    }

    private IEnumerable<string> FoldersOfRuns() => runs.Runs().Take(MaxRunsRead)
        .Select(run => run.Overview?.Configuration.Data.Source)
        .OfType<string>()
        .Where(source => Datasets.FindName(source) is null && IsLocalPath(source))
        .Select(source => Path.TrimEndingDirectorySeparator(Path.GetFullPath(source)));

    // A run may come from somebody else: on Windows the path of another machine would send it the user's credentials.
    private static bool IsLocalPath(string path) => path.Length > 0 && Path.IsPathFullyQualified(path)
        && !path.Contains('\0', StringComparison.Ordinal)
        && !(OperatingSystem.IsWindows() && path is ['\\' or '/', '\\' or '/', ..]);

    private static string WithParent(DataEntry entry) =>
        $"{entry.Name} ({PrintableText.Of(Path.GetFileName(Path.GetDirectoryName(entry.Folder)) ?? "/")})";
}
