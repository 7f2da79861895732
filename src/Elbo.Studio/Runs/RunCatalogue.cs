using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Elbo.Studio;

/// <summary>
/// The run directories under the folders that the studio was started with. Pages name them by ids that are looked up here and nowhere else, so
/// that no text of a page ever becomes a path.
/// </summary>
internal sealed class RunCatalogue(StudioOptions options)
{
    private const int Depth = 4;
    private const int MaxRuns = 2000;
    private const int MaxVisitedFolders = 20_000;
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(0.7);

    // With a separator at its end a folder would have another id and no name.
    private readonly IReadOnlyList<string> _roots = [.. options.Roots.Select(Path.TrimEndingDirectorySeparator)];
    private readonly ConcurrentDictionary<string, bool> _begun = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Signature, RunEntry Entry)> _known = new(StringComparer.Ordinal);
    private IReadOnlyList<RunEntry> _runs = [];
    private DateTime _readAt;

    /// <summary>The folder in which new runs are made.</summary>
    public string NewRuns => IsRun(_roots[0]) ? Path.GetDirectoryName(_roots[0])! : _roots[0];

    /// <summary>Every run, the newest first. Files that have not changed are not read again.</summary>
    public IReadOnlyList<RunEntry> Runs(bool again = false)
    {
        lock (_gate)
        {
            if (!again && DateTime.UtcNow - _readAt < FreshFor)
                return _runs;
            _runs =
            [
                .. Folders([.. _roots, .. _begun.Keys]).Distinct(StringComparer.Ordinal).Take(MaxRuns)
                    .Select(Read)
                    .OrderByDescending(run => run.Overview?.Record.StartedAt),
            ];
            _readAt = DateTime.UtcNow;
            return _runs;
        }
    }

    /// <summary>Lists a run that is about to begin, too: where a root is a run itself, new ones lie beside it and under no root.</summary>
    public void Add(string folder) => _begun.TryAdd(folder, true);

    /// <summary>The run of an id, or null where there is none.</summary>
    public RunEntry? Find(string? id) => Runs().FirstOrDefault(run => string.Equals(run.Id, id, StringComparison.Ordinal));

    /// <summary>The same for a folder wherever the studio is started, so that links outlive it.</summary>
    internal static string IdOf(string folder) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16];

    private static bool IsRun(string folder) => File.Exists(Path.Combine(folder, "config.json"));

    /// <summary>The runs at and below some folders, the nearest first. Beyond so many folders no more is looked at: a root may be a whole disk.</summary>
    private static IEnumerable<string> Folders(IEnumerable<string> roots)
    {
        var waiting = new Queue<(string Folder, int Depth)>(roots.Select(root => (root, 0)));
        for (var looked = 0; looked < MaxVisitedFolders && waiting.TryDequeue(out var next); looked++)
        {
            if (IsRun(next.Folder))
                yield return next.Folder;
            else if (next.Depth < Depth)
                Inner(next.Folder).ForEach(inner => waiting.Enqueue((inner, next.Depth + 1)));
        }
    }

    private static List<string> Inner(string folder)
    {
        try
        {
            // Links are not followed: they may lead out of what the studio was given, or in circles.
            return [.. new DirectoryInfo(folder).EnumerateDirectories()
                .Where(inner => !inner.Name.StartsWith('.') && !inner.Attributes.HasFlag(FileAttributes.ReparsePoint))
                .Select(inner => inner.FullName).Order(StringComparer.Ordinal)];
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
            entry = new RunEntry(IdOf(folder), Path.GetFileName(folder), folder, null, exception.Message.Replace(folder, Path.GetFileName(folder), StringComparison.Ordinal));
        }

        _known[folder] = (signature, entry);
        return entry;
    }

    private static string SignatureOf(string folder) => string.Join(
        ' ',
        new[] { "run.json", "metrics.csv", "config.json", Path.Combine("checkpoints", "best.safetensors") }
            .Select(name => new FileInfo(Path.Combine(folder, name)))
            .Select(file => file.Exists ? $"{file.Length}:{file.LastWriteTimeUtc.Ticks}" : "-")
            // Pictures are written after the figures of their epoch.
            .Append($"{Directory.GetLastWriteTimeUtc(Path.Combine(folder, "samples")).Ticks}"));
}
