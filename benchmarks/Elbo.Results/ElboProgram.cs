using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Elbo.Results;

/// <summary>The <c>elbo</c> program, started once for each command of the table.</summary>
internal sealed class ElboProgram(string path)
{
    /// <summary>Builds the program of this repository.</summary>
    public static ElboProgram Build(string repository)
    {
        var project = Path.Combine(repository, "src", "Elbo.Cli");
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["build", project, "-c", "Release", "-v", "quiet", "-nologo"]))!;
        process.WaitForExit();
        return process.ExitCode == 0
            ? new ElboProgram(Path.Combine(project, "bin", "Release", "net10.0", "elbo"))
            : throw new CommandFailedException("src/Elbo.Cli does not build; the reason is above.", 1);
    }

    /// <summary>Runs a command to its end, its progress on stderr. Where this program is told to stop, so is the command, which saves its work.</summary>
    /// <returns>What it wrote to stdout.</returns>
    /// <exception cref="CommandFailedException">It ended with another code than 0.</exception>
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
        // The terminal tells the command itself; this program waits for what it saves.
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new CommandFailedException($"elbo {all[0]} ended with {process.ExitCode}.", process.ExitCode);
    }
}

/// <summary>A command has failed, or was stopped; the table goes on from there the next time.</summary>
internal sealed class CommandFailedException(string message, int exitCode) : Exception(message)
{
    public int ExitCode => exitCode;
}
