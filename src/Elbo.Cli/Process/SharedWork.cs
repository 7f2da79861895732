using System.Text;

namespace Elbo.Cli;

/// <summary>
/// The processes that mpirun or srun has started together, for the commands that share their work. Process 0 alone speaks; without such a
/// launcher there is one process.
/// </summary>
internal static class SharedWork
{
    private static MpiProcessGroup? _started;

    // Kept where this process is silenced: what it fails of alone is said.
    private static TextWriter? _errors;

    /// <summary>The processes of this command.</summary>
    public static IProcessGroup Group => (IProcessGroup?)_started ?? SingleProcess.Instance;

    /// <summary>How many processes on this machine compute on the processors that this one may use.</summary>
    public static int ProcessesOnTheseProcessors { get; private set; } = 1;

    /// <summary>Silences every process but the first, before there is anything to say.</summary>
    public static void SilenceOthers()
    {
        if (MpiProcessGroup.LaunchedRank is null)
            return;
        // mpirun gives a process a terminal even where its output goes to a file, and .NET would write control characters there.
        Environment.SetEnvironmentVariable("TERM", "dumb");
        if (MpiProcessGroup.LaunchedRank == 0)
            return;
        _errors = Console.Error;
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
    }

    /// <summary>Connects this process with the others, if there are any.</summary>
    /// <exception cref="EnvironmentException">They cannot work together.</exception>
    public static void Start()
    {
        _started = MpiProcessGroup.StartIfLaunched(Say);
        if (_started is null)
            return;
        var mine = $"{Environment.MachineName} {AllowedProcessors()}";
        ProcessesOnTheseProcessors = _started.Gather(Encoding.UTF8.GetBytes(mine)).Count(each => Encoding.UTF8.GetString(each) == mine);
    }

    /// <summary>Waits for the others at the end of a command.</summary>
    public static void Finish()
    {
        _started?.Dispose();
        _started = null;
    }

    /// <summary>Ends the other processes where this one has failed.</summary>
    /// <param name="message">Why.</param>
    /// <param name="exitCode">Its exit code.</param>
    public static void Fail(string message, int exitCode)
    {
        if (_started is not null)
            _started.Fail(message, exitCode);
        else if (MpiProcessGroup.LaunchedRank > 0 && MpiProcessGroup.LaunchedLocalRank == 0)
            Say(message);
    }

    private static void Say(string sentence) => (_errors ?? Console.Error).WriteLine($"elbo: {sentence}");

    private static string AllowedProcessors()
    {
        const string status = "/proc/self/status";
        return File.Exists(status)
            ? File.ReadLines(status).FirstOrDefault(line => line.StartsWith("Cpus_allowed_list", StringComparison.Ordinal)) ?? ""
            : "";
    }
}
