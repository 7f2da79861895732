using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Elbo.Cli;

/// <summary>
/// The claims of the workers of a sweep, in one folder. The claims of a task, which is a run or the page, are numbered: the file
/// <c>TASK.1.json</c> is created exclusively by whoever claims it first, <c>TASK.2.json</c> by whoever takes it over, and so on. The
/// folder <c>TASK.1</c> beside it is written by that worker only.
/// </summary>
internal sealed class SweepClaims(string folder)
{
    private const string Extension = ".json";
    private const int MaxLength = 1 << 12;

    /// <summary>The number of the latest claim of each task that was claimed.</summary>
    public IReadOnlyDictionary<string, int> LatestNumbers() => Numbered(Directory.EnumerateFiles, $"*{Extension}")
        .GroupBy(claim => claim.Task)
        .ToDictionary(claims => claims.Key, claims => claims.Max(claim => claim.Number));

    public bool Exists(string task, int number) => File.Exists(PathOf(task, number));

    /// <summary>The folder that the worker with this claim writes.</summary>
    public string FolderOf(string task, int number) => Path.Combine(folder, $"{task}.{number}");

    /// <summary>The numbers of the claims of a task that have a folder.</summary>
    public IReadOnlyList<int> FoldersOf(string task) =>
        [.. Numbered(Directory.EnumerateDirectories, "*").Where(found => found.Task == task).Select(found => found.Number)];

    /// <summary>Creates a claim.</summary>
    /// <returns>Whether this process has created it; false if another has.</returns>
    /// <exception cref="EnvironmentException">The folder cannot be written.</exception>
    public bool TryCreate(string task, int number, ClaimContent content)
    {
        var path = PathOf(task, number);
        try
        {
            Directory.CreateDirectory(folder);
            using var created = TryCreate(path);
            if (created is null)
                return false;
            created.Write(ToBytes(content));
            created.Flush(flushToDisk: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException(
                $"The shared folder cannot be written by this worker, which claims its runs in {folder}: {exception.Message}", exception);
        }
    }

    private static FileStream? TryCreate(string path)
    {
        try
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Changes the content of a claim in place, so that other machines that have read the file before see it at once.</summary>
    /// <returns>Whether it was changed; a file that cannot be written now may be later.</returns>
    public bool TryChange(string task, int number, ClaimContent content)
    {
        try
        {
            using var stream = new FileStream(
                PathOf(task, number), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var bytes = ToBytes(content);
            stream.Write(bytes);
            stream.SetLength(bytes.Length);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The bytes of a claim, which change while its worker lives; none if it cannot be read.</summary>
    public byte[] ReadBytes(string task, int number)
    {
        try
        {
            return RunFile.ReadBytes(PathOf(task, number), MaxLength);
        }
        catch (InputException)
        {
            return [];
        }
    }

    /// <summary>How a claim stands; one whose content was not written completely is active until it is abandoned.</summary>
    public static ClaimState StateOf(byte[] content)
    {
        try
        {
            return JsonOutput.Read<ClaimContent>(Encoding.UTF8.GetString(content)).State;
        }
        catch (JsonException)
        {
            return ClaimState.Active;
        }
    }

    /// <summary>Removes what claims have left of a run that is in its place.</summary>
    public void RemoveFolders(string task)
    {
        foreach (var number in FoldersOf(task))
            TryDelete(FolderOf(task, number));
    }

    /// <summary>Removes a folder into which a worker that has been stopped for long may still be writing.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Left for the next one.
        }
    }

    private static byte[] ToBytes(ClaimContent content) => Encoding.UTF8.GetBytes(JsonOutput.ToText(content));

    private string PathOf(string task, int number) => Path.Combine(folder, $"{task}.{number}{Extension}");

    private IReadOnlyList<(string Task, int Number)> Numbered(Func<string, string, IEnumerable<string>> enumerate, string pattern)
    {
        try
        {
            return Directory.Exists(folder) ? [.. enumerate(folder, pattern).Select(Parse).OfType<(string, int)>()] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"The shared folder {folder} cannot be read by this worker: {exception.Message}", exception);
        }
    }

    // Names of runs contain dots: klWeight-0.5.2.json is the second claim of klWeight-0.5.
    private static (string Task, int Number)? Parse(string path)
    {
        var name = Path.GetFileName(path.EndsWith(Extension, StringComparison.Ordinal) ? path[..^Extension.Length] : path);
        var dot = name.LastIndexOf('.');
        return dot > 0 && int.TryParse(name[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (name[..dot], number)
            : null;
    }
}
