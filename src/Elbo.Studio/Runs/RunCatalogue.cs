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
    private const int MaxDepth = 4;
    private const int MaxRuns = 2000;
    private const int MaxVisitedFolders = 20_000;
    private static readonly TimeSpan CacheDuration = TimeSpan.FromSeconds(0.7);

    // A trailing separator would change the id of a folder and leave it without a name.
    private readonly IReadOnlyList<string> _roots = [.. roots.Select(Path.TrimEndingDirectorySeparator)];
    private readonly ConcurrentDictionary<string, bool> _addedFolders = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Signature, RunEntry Entry)> _known = new(StringComparer.Ordinal);
    private IReadOnlyList<RunEntry> _runs = [];
    private DateTime _readAt;

    /// <summary>The folder in which new runs are created.</summary>
    public string NewRunsFolder => IsRun(_roots[0]) ? Path.GetDirectoryName(_roots[0])! : _roots[0];

    /// <summary>All runs, the newest first. Files that have not changed are not read again.</summary>
    public IReadOnlyList<RunEntry> Runs(bool refresh = false)
    {
        lock (_gate)
        {
            if (!refresh && DateTime.UtcNow - _readAt < CacheDuration)
                return _runs;
            _runs =
            [
                .. Folders([.. _roots, .. _addedFolders.Keys]).Distinct(StringComparer.Ordinal).Take(MaxRuns)
                    .Select(Read)
                    .OrderByDescending(run => run.Overview?.Record.StartedAt),
            ];
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
    internal static string IdOf(string folder) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16];

    private static bool IsRun(string folder) => File.Exists(Path.Combine(folder, "config.json"));

    /// <summary>
    /// The runs at and below the roots, breadth first. The number of visited folders is limited, because a root may be a whole disk.
    /// </summary>
    private static IEnumerable<string> Folders(IEnumerable<string> roots)
    {
        var waiting = new Queue<(string Folder, int Depth)>(roots.Select(root => (root, 0)));
        for (var visited = 0; visited < MaxVisitedFolders && waiting.TryDequeue(out var next); visited++)
        {
            if (IsRun(next.Folder))
                yield return next.Folder;
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
                .Select(subfolder => subfolder.FullName).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private RunEntry Read(string folder)
    {
        var signature = SignatureOf(folder);
        if (_known.TryGetValue(folder, out var known) && known.Signature == signature)
            return known.Entry;
        RunEntry entry;
        try
        {
            entry = new RunEntry(IdOf(folder), Path.GetFileName(folder), folder, RunOverview.Read(folder), null);
        }
        catch (Exception exception) when (exception is ElboException or IOException or UnauthorizedAccessException)
        {
            var name = Path.GetFileName(folder);
            entry = new RunEntry(IdOf(folder), name, folder, null, exception.Message.Replace(folder, name, StringComparison.Ordinal));
        }

        _known[folder] = (signature, entry);
        return entry;
    }

    private static string SignatureOf(string folder) => string.Join(
        ' ',
        new[] { "run.json", "metrics.csv", "config.json", Path.Combine("checkpoints", "best.safetensors") }
            .Select(name => new FileInfo(Path.Combine(folder, name)))
            .Select(file => file.Exists ? $"{file.Length}:{file.LastWriteTimeUtc.Ticks}" : "-")
            // Samples are written after the metrics of their epoch.
            .Append($"{Directory.GetLastWriteTimeUtc(Path.Combine(folder, "samples")).Ticks}"));
}
