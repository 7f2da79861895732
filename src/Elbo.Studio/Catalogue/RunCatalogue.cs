using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Elbo.Studio;

/// <summary>
/// The run directories below the folders that the studio was started with. Pages refer to runs by ids that are looked up only here, so
/// that input from a page is never used as a path.
/// </summary>
internal sealed class RunCatalogue(IReadOnlyList<string> roots)
{
    /// <summary>The number of characters of an id.</summary>
    public const int IdLength = 16;

    private const int MaxDepth = 4;
    internal const int MaxRuns = 2000;
    private const int MaxVisitedFolders = 20_000;
    private static readonly TimeSpan CacheDuration = TimeSpan.FromSeconds(0.7);

    // A trailing separator would change the id of a folder and leave it without a name.
    private readonly IReadOnlyList<string> _roots = [.. roots.Select(Path.TrimEndingDirectorySeparator)];
    private readonly ConcurrentDictionary<string, bool> _addedFolders = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RunEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTime WrittenAt, DateTimeOffset? Start)> _starts = new(StringComparer.Ordinal);
    private int _reads;
    private IReadOnlyList<RunEntry> _runs = [];
    private DateTime _readAt;

    /// <summary>How many times the files of a run have been read.</summary>
    internal int Reads => _reads;

    /// <summary>The folder in which new runs are created.</summary>
    public string NewRunsFolder => IsRun(_roots[0]) ? Path.GetDirectoryName(_roots[0])! : _roots[0];

    /// <summary>
    /// The runs, the newest first. Only the time of their start is read here; the rest follows where an entry is used, and again once the
    /// files have changed. Should there be more runs than the studio lists, those are missing whose settings were written first.
    /// </summary>
    public IReadOnlyList<RunEntry> Runs(bool refresh = false)
    {
        lock (_gate)
        {
            if (!refresh && DateTime.UtcNow - _readAt < CacheDuration)
                return _runs;
            string[] folders =
            [
                .. Folders([.. _roots, .. _addedFolders.Keys]).DistinctBy(found => found.Folder, StringComparer.Ordinal)
                    .OrderByDescending(found => found.WrittenAt).Take(MaxRuns).Select(found => found.Folder),
            ];
            _runs = [.. folders.OrderByDescending(StartOf).Select(EntryOf)];
            foreach (var gone in _entries.Keys.Except(folders, StringComparer.Ordinal).ToList())
            {
                _entries.Remove(gone);
                _starts.Remove(gone);
            }

            _readAt = DateTime.UtcNow;
            return _runs;
        }
    }

    /// <summary>
    /// Adds the folder of a run that is about to start. If a root is itself a run, new runs are created next to it and therefore below no
    /// root.
    /// </summary>
    public void Add(string folder) => _addedFolders.TryAdd(folder, true);

    /// <summary>The run with an id, or null.</summary>
    public RunEntry? Find(string? id) => Runs().FirstOrDefault(run => string.Equals(run.Id, id, StringComparison.Ordinal));

    /// <summary>The id of a run folder. It depends only on the path, so that links stay valid after a restart.</summary>
    internal static string IdOf(string folder) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..IdLength];

    private DateTimeOffset? StartOf(string folder)
    {
        var record = Path.Combine(folder, "run.json");
        var writtenAt = FileTime.Of(new FileInfo(record));
        if (!_starts.TryGetValue(folder, out var known) || known.WrittenAt != writtenAt)
            _starts[folder] = known = (writtenAt, RunStart.Read(record));
        return known.Start;
    }

    private RunEntry EntryOf(string folder)
    {
        if (!_entries.TryGetValue(folder, out var entry) || entry.IsOutdated)
            _entries[folder] = entry = new RunEntry(IdOf(folder), folder, Read);
        return entry;
    }

    private RunReading Read(string folder, string name)
    {
        Interlocked.Increment(ref _reads);
        return RunReading.Of(folder, name);
    }

    private static FileInfo ConfigurationOf(string folder) => new(Path.Combine(folder, "config.json"));

    private static bool IsRun(string folder) => !StagedFolder.IsTemporary(folder) && ConfigurationOf(folder).Exists;

    /// <summary>
    /// The runs at and below the roots and when their settings were written, breadth first and the folders that have changed last first:
    /// the number of visited folders is limited, because a root may be a whole disk.
    /// </summary>
    private static IEnumerable<(string Folder, DateTime WrittenAt)> Folders(IEnumerable<string> roots)
    {
        var waiting = new Queue<(string Folder, int Depth)>(roots.Select(root => (root, 0)));
        for (var visited = 0; visited < MaxVisitedFolders && waiting.TryDequeue(out var next); visited++)
        {
            var configuration = ConfigurationOf(next.Folder);
            if (configuration.Exists)
                yield return (next.Folder, FileTime.Of(configuration));
            else if (next.Depth < MaxDepth)
                Subfolders(next.Folder).ForEach(subfolder => waiting.Enqueue((subfolder, next.Depth + 1)));
        }
    }

    private static List<string> Subfolders(string folder)
    {
        try
        {
            // Symbolic links are not followed: they may lead outside of the roots, or in cycles.
            return [.. new DirectoryInfo(folder).EnumerateDirectories()
                .Where(subfolder => !subfolder.Name.StartsWith('.') && !subfolder.Attributes.HasFlag(FileAttributes.ReparsePoint))
                .OrderByDescending(FileTime.Of).ThenBy(subfolder => subfolder.Name, StringComparer.Ordinal)
                .Select(subfolder => subfolder.FullName)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
