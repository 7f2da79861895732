using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Elbo.Studio;

/// <summary>
/// Runs a training as a separate process that outlives the studio. It has its own session, so that Ctrl-C in the studio's terminal does not
/// reach it, and its output goes to a file, because a pipe would break when the studio exits.
/// </summary>
internal static class TrainingProcess
{
    private const int Terminate = 15;
    private static readonly string[] SetsidPaths = ["/usr/bin/setsid", "/bin/setsid"];

    /// <summary>Starts the process.</summary>
    /// <exception cref="EnvironmentException">The system has no shell, or the process cannot be started.</exception>
    public static Process Start(ElboProgram program, IEnumerable<string> arguments, string folder, string log)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new EnvironmentException(
                "Trainings cannot be started from the studio on Windows: run 'elbo train' in a terminal, and the studio shows it.");
        }

        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = folder, UseShellExecute = false };
        // The following arguments are positional parameters of the script, so the shell does not interpret them.
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$@\" >>\"$ELBO_STUDIO_LOG\" 2>&1 </dev/null");
        start.ArgumentList.Add("elbo");
        if (SetsidPaths.FirstOrDefault(File.Exists) is { } setsid)
            start.ArgumentList.Add(setsid);
        foreach (var argument in (string[])[program.File, .. program.LeadingArguments, .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment["ELBO_STUDIO_LOG"] = log;
        start.Environment["NO_COLOR"] = "1";
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new EnvironmentException($"The training cannot be started: {exception.Message}", exception);
        }
    }

    /// <summary>Signals a training to save a checkpoint and exit.</summary>
    public static void Stop(int processId)
    {
        if (!OperatingSystem.IsWindows())
            _ = Kill(processId, Terminate);
    }

#pragma warning disable SYSLIB1054 // The generated alternative would need unsafe code in this project.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
#pragma warning restore SYSLIB1054
}
