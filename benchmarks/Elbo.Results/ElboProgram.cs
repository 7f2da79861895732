using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Elbo.Results;

/// <summary>Runs the <c>elbo</c> program.</summary>
internal sealed class ElboProgram(string path)
{
    /// <summary>Builds the program from this repository.</summary>
    public static ElboProgram Build(string repository)
    {
        var project = Path.Combine(repository, "src", "Elbo.Cli");
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["build", project, "-c", "Release", "-v", "quiet", "-nologo"]))!;
        process.WaitForExit();
        return process.ExitCode == 0
            ? new ElboProgram(Path.Combine(project, "bin", "Release", "net10.0", "elbo"))
            : throw new CommandFailedException("src/Elbo.Cli could not be built: see the output above.", 1);
    }

    /// <summary>
    /// Runs a command with its progress on stderr. Termination signals are forwarded to the command, which saves a checkpoint.
    /// </summary>
    /// <returns>The output on stdout.</returns>
    /// <exception cref="CommandFailedException">The exit code is not 0.</exception>
    public string Run(IEnumerable<string> arguments)
    {
        string[] all = [.. arguments];
        Console.Error.WriteLine($"$ elbo {string.Join(' ', all)}");
        using var process = Process.Start(new ProcessStartInfo(path, all) { RedirectStandardOutput = true })!;
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            Process.Start("kill", ["-TERM", $"{process.Id}"]).Dispose();
        });
        // The terminal sends Ctrl-C to the command as well; this program waits until the command has saved its checkpoint.
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new CommandFailedException($"elbo {all[0]} exited with {process.ExitCode}.", process.ExitCode);
    }
}

/// <summary>A command failed or was interrupted; the next invocation continues from there.</summary>
internal sealed class CommandFailedException(string message, int exitCode) : Exception(message)
{
    public int ExitCode => exitCode;
}
