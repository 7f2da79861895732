using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Elbo.Studio;

/// <summary>
/// Starts, stops and goes on with trainings, one at a time. What is under way is known from the run directories alone, so that the next studio finds
/// it again; this process only remembers what has not written its directory yet.
/// </summary>
internal sealed class RunJobs(RunCatalogue catalogue, ElboProgram program) : IDisposable
{
    public const int MaxEpochs = 100_000;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _one = new(1);
    private readonly ConcurrentDictionary<(string Id, int Process), bool> _stopped = new();

    /// <summary>The run that is being trained now, or null.</summary>
    public RunEntry? UnderWay => catalogue.Runs().FirstOrDefault(run => run.Standing == RunStanding.Running);

    /// <summary>Starts a training and waits until its directory is there.</summary>
    /// <returns>The id of the run.</returns>
    /// <exception cref="ElboException">Another is under way, or the training refused its settings: its own sentence.</exception>
    public Task<string> Start(TrainingForm form) => Alone(async () =>
    {
        var parent = catalogue.NewRuns;
        var name = FreeName(parent, form.Clamped().Preset);
        var folder = Path.Combine(parent, name);
        catalogue.Add(folder);
        return await Begin(form.Arguments(folder), folder, () => catalogue.Find(RunCatalogue.IdOf(folder)) is { Standing: not RunStanding.Unreadable });
    });

    /// <summary>Goes on with a run, for some more epochs where that is asked.</summary>
    /// <exception cref="ElboException">There is no such run, another is under way, or it cannot be gone on with.</exception>
    public Task<string> Resume(string id, int? epochs = null) => Alone(async () =>
    {
        var run = catalogue.Find(id) ?? throw NoSuchRun();
        string[] more = epochs is { } count ? ["--epochs", Math.Clamp(count, 1, MaxEpochs).ToString(CultureInfo.InvariantCulture)] : [];
        return await Begin(["resume", run.Folder, .. more], run.Folder, () => catalogue.Find(id) is { Standing: RunStanding.Running });
    });

    /// <summary>Asks the training of a run to save a checkpoint and end: once, since a second signal would end it without one.</summary>
    /// <exception cref="ElboException">There is no such run.</exception>
    public void Stop(string id)
    {
        var run = catalogue.Find(id) ?? throw NoSuchRun();
        if (run.ProcessId is { } process && _stopped.TryAdd((id, process), true))
            TrainingProcess.Stop(process);
    }

    /// <summary>Whether a run was asked to stop and is about to.</summary>
    public bool IsStopping(RunEntry run) => run.ProcessId is { } process && _stopped.ContainsKey((run.Id, process));

    public void Dispose() => _one.Dispose();

    private async Task<string> Alone(Func<Task<string>> work)
    {
        if (!await _one.WaitAsync(0))
            throw new ConfigurationException("A training is being started already: one at a time.");
        try
        {
            catalogue.Runs(again: true);
            if (UnderWay is { } other)
                throw new ConfigurationException($"{other.Name} is being trained: one at a time; stop it, or wait for its end.");
            return await work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"The folder of the runs cannot be written to or read: {exception.Message}", exception);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<string> Begin(IReadOnlyList<string> arguments, string folder, Func<bool> isThere)
    {
        var logs = Path.Combine(Path.GetDirectoryName(folder)!, ".elbo-studio");
        Directory.CreateDirectory(logs);
        var log = Path.Combine(logs, Path.GetFileName(folder) + ".log");
        var before = File.Exists(log) ? new FileInfo(log).Length : 0;
        using var process = TrainingProcess.Start(program, arguments, Path.GetDirectoryName(folder)!, log);
        var waiting = Stopwatch.StartNew();
        while (waiting.Elapsed < StartTimeout)
        {
            var hasEnded = process.HasExited;
            catalogue.Runs(again: true);
            if (hasEnded && process.ExitCode != 0)
                throw new ConfigurationException(LastSentence(log, before, folder));
            if (hasEnded || isThere())
                return RunCatalogue.IdOf(folder);
            await Task.Delay(100);
        }

        throw new EnvironmentException($"{Path.GetFileName(folder)} has not begun within a minute: its log in .elbo-studio says more.");
    }

    /// <summary>What the program said of its failure: one sentence, its last line. Pages call runs by their names, and so does it here.</summary>
    private static string LastSentence(string log, long from, string folder)
    {
        using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(from, SeekOrigin.Begin);
        using var reader = new StreamReader(stream);
        var line = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
        if (line is null)
            return "The training ended before it began, and said nothing.";
        const string program = "elbo: ";
        line = line.StartsWith(program, StringComparison.Ordinal) ? line[program.Length..] : line;
        return line.Replace(folder, Path.GetFileName(folder), StringComparison.Ordinal);
    }

    private static string FreeName(string parent, string preset)
    {
        Directory.CreateDirectory(parent);
        var name = $"{preset}-{DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        return Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? name : $"{name}-{number}")
            .First(free => !Path.Exists(Path.Combine(parent, free)));
    }

    private static ConfigurationException NoSuchRun() => new("There is no such run any more: load the page again.");
}
