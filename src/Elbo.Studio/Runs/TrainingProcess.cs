using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Elbo.Studio;

/// <summary>
/// A training as a process of its own that outlives the studio: in a session of its own, so that Ctrl-C in the studio's terminal does not reach
/// it, and with its output in a file, since a pipe would break when the studio ends.
/// </summary>
internal static class TrainingProcess
{
    private const int Terminate = 15;
    private static readonly string[] SessionMakers = ["/usr/bin/setsid", "/bin/setsid"];

    /// <summary>Starts it.</summary>
    /// <exception cref="EnvironmentException">This system has no shell to start it from, or it cannot be started.</exception>
    public static Process Start(ElboProgram program, IEnumerable<string> arguments, string folder, string log)
    {
        if (OperatingSystem.IsWindows())
            throw new EnvironmentException("Trainings cannot be started from the studio on Windows: run 'elbo train' in a terminal, and the studio follows it.");
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = folder, UseShellExecute = false };
        // What comes after the text are its parameters: no word of them is read as part of it.
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$@\" >>\"$ELBO_STUDIO_LOG\" 2>&1 </dev/null");
        start.ArgumentList.Add("elbo");
        if (SessionMakers.FirstOrDefault(File.Exists) is { } setsid)
            start.ArgumentList.Add(setsid);
        foreach (var word in (string[])[program.File, .. program.First, .. arguments])
            start.ArgumentList.Add(word);
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

    /// <summary>Asks a training to save a checkpoint and end.</summary>
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
