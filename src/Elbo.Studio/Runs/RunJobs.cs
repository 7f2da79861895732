using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Elbo.Studio;

/// <summary>
/// Starts, stops and resumes trainings, one at a time. A running training is found through its run directory, so that a restarted studio
/// finds it again; this process only remembers trainings that have not written their directory yet.
/// </summary>
internal sealed class RunJobs(RunCatalogue catalogue, DataCatalogue data, ElboProgram program) : IDisposable
{
    public const int MaxEpochs = RunEntry.MaxEpochs;
    private const int MaxLogTail = 1 << 16;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _startLock = new(1);
    private readonly ConcurrentDictionary<(string Id, int Process), bool> _stopping = new();

    /// <summary>The run that is currently training, or null.</summary>
    public RunEntry? Current => catalogue.Runs().FirstOrDefault(run => run.Status == RunStatus.Running);

    /// <summary>A folder for a new run that does not exist yet.</summary>
    public string NewFolder(TrainingForm form) => Path.Combine(catalogue.NewRunsFolder, UniqueName(form.Clamped().Preset));

    /// <summary>Starts a training and waits until its run directory exists.</summary>
    /// <param name="form">The settings.</param>
    /// <param name="folder">The folder of the run, from <see cref="NewFolder"/>; another if that is taken by now, or null.</param>
    /// <returns>The id of the run.</returns>
    /// <exception cref="ElboException">
    /// Another training is running, the data is no longer offered, or the training rejected its settings, with the message of the training.
    /// </exception>
    public Task<string> Start(TrainingForm form, string? folder = null) => RunExclusively(async () =>
    {
        var clamped = form.Clamped();
        var entry = data.Find(clamped.Data) ?? throw new SettingsException("This data is no longer there: choose other data.");
        // Only which columns are read depends on what the data is: where it cannot be read, the training says why.
        var facts = clamped.Condition.OnAttributes ? data.Read(entry).Facts : null;
        Directory.CreateDirectory(catalogue.NewRunsFolder);
        if (folder is null || Path.Exists(folder))
            folder = NewFolder(form);
        catalogue.Add(folder);
        return await Launch(
            clamped.Arguments(entry, facts, folder),
            folder,
            () => catalogue.Find(RunCatalogue.IdOf(folder)) is { Status: not RunStatus.Unreadable });
    });

    /// <summary>Resumes a run, optionally up to another number of epochs.</summary>
    /// <exception cref="ElboException">The run does not exist, another training is running, or the run cannot be resumed.</exception>
    public Task<string> Resume(string id, int? epochs = null) => RunExclusively(async () =>
    {
        var run = catalogue.Find(id) ?? throw NoSuchRun();
        string[] options = epochs is { } count ? ["--epochs", Math.Clamp(count, 1, MaxEpochs).ToString(CultureInfo.InvariantCulture)] : [];
        return await Launch(["resume", run.Folder, .. options], run.Folder, () => catalogue.Find(id) is { Status: RunStatus.Running });
    });

    /// <summary>
    /// Signals the training of a run to save a checkpoint and exit. The signal is sent only once, because a second one would end it without
    /// a checkpoint.
    /// </summary>
    /// <exception cref="ElboException">The run does not exist.</exception>
    public void Stop(string id)
    {
        var run = catalogue.Find(id) ?? throw NoSuchRun();
        if (run.ProcessId is { } process && _stopping.TryAdd((id, process), true))
            TrainingProcess.Stop(process);
    }

    /// <summary>Whether a run was signalled to stop and is still running.</summary>
    public bool IsStopping(RunEntry run) => run.ProcessId is { } process && _stopping.ContainsKey((run.Id, process));

    public void Dispose() => _startLock.Dispose();

    private async Task<string> RunExclusively(Func<Task<string>> work)
    {
        if (!await _startLock.WaitAsync(0))
            throw new SettingsException("Another training is already starting: one at a time.");
        try
        {
            catalogue.Runs(refresh: true);
            if (Current is { } other)
                throw new SettingsException($"{other.Name} is training: one at a time; stop it, or wait until it has finished.");
            return await work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"The folder of the runs cannot be read or written: {exception.Message}", exception);
        }
        finally
        {
            _startLock.Release();
        }
    }

    private async Task<string> Launch(IReadOnlyList<string> arguments, string folder, Func<bool> hasStarted)
    {
        var logs = Path.Combine(Path.GetDirectoryName(folder)!, ".elbo-studio");
        // The folder of the runs may come from somebody else.
        if (new DirectoryInfo(logs).LinkTarget is not null)
            throw new EnvironmentException("The folder .elbo-studio beside the run is a symbolic link: put a real folder in its place.");
        Directory.CreateDirectory(logs);
        var log = Path.Combine(logs, Path.GetFileName(folder) + ".log");
        RunFile.EnsureWritable(log);
        RunFile.Separate(log);
        var before = File.Exists(log) ? new FileInfo(log).Length : 0;
        using var process = TrainingProcess.Start(program, arguments, Path.GetDirectoryName(folder)!, log);
        var waiting = Stopwatch.StartNew();
        while (waiting.Elapsed < StartTimeout)
        {
            var hasEnded = process.HasExited;
            catalogue.Runs(refresh: true);
            if (hasEnded && process.ExitCode != 0)
                throw new SettingsException(LastLogLine(log, before, folder));
            if (hasEnded || hasStarted())
                return RunCatalogue.IdOf(folder);
            await Task.Delay(100);
        }

        throw new EnvironmentException($"{Path.GetFileName(folder)} has not started within a minute: see its log in .elbo-studio.");
    }

    /// <summary>
    /// The last line of the log, which is the error message of the program. The path of the run is replaced by its name, as on the pages.
    /// </summary>
    private static string LastLogLine(string log, long from, string folder)
    {
        using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(Math.Max(from, stream.Length - MaxLogTail), SeekOrigin.Begin);
        using var reader = new StreamReader(stream);
        var line = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
        if (line is null)
            return "The training exited before it started, without a message.";
        const string program = "elbo: ";
        line = line.StartsWith(program, StringComparison.Ordinal) ? line[program.Length..] : line;
        return PrintableText.Of(line.Replace(folder, Path.GetFileName(folder), StringComparison.Ordinal));
    }

    private string UniqueName(string preset)
    {
        var parent = catalogue.NewRunsFolder;
        var name = $"{preset}-{DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        return Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? name : $"{name}-{number}")
            .First(free => !Path.Exists(Path.Combine(parent, free)));
    }

    private static SettingsException NoSuchRun() => new("This run no longer exists: reload the page.");
}
