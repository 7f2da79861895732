using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Elbo.Cli.Tests;

/// <summary>Runs the actual program in a separate process, as a user's shell does.</summary>
internal sealed class ElboProcess : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly ManualResetEventSlim _errorsEnded = new();
    private readonly ManualResetEventSlim _outputEnded = new();

    private ElboProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Collect(_output, _outputEnded, line.Data);
        process.ErrorDataReceived += (_, line) => Collect(_errors, _errorsEnded, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static string ProgramFolder => AppContext.BaseDirectory;

    public static string CommandName => OperatingSystem.IsWindows() ? "elbo.exe" : "elbo";

    /// <summary>Runs the program until it exits.</summary>
    public static ElboResult Run(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        return process.Wait();
    }

    public static ElboProcess Start(string folder, params string[] arguments) =>
        StartProgram(Path.Combine(ProgramFolder, CommandName), folder, arguments);

    public static ElboProcess StartProgram(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment.Remove("ELBO_DEBUG");
        // A single thread, because other tests may run at the same time.
        start.Environment["OMP_NUM_THREADS"] = "1";
        // Code is instrumented for a gain that comes after the seconds that these processes live.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return new ElboProcess(Process.Start(start)!);
    }

    /// <summary>Waits until a string appears on stderr.</summary>
    public void WaitForError(string text) =>
        Assert.True(TryWaitForError(text), $"the program exited before it wrote '{text}': {Text(_errors)}");

    /// <summary>Waits until a string appears on stderr; false if the program exits before.</summary>
    public bool TryWaitForError(string text)
    {
        var started = Stopwatch.StartNew();
        while (!Text(_errors).Contains(text, StringComparison.Ordinal))
        {
            if (_process.HasExited)
                return false;
            Assert.True(started.Elapsed < Timeout, $"'{text}' did not appear: {Text(_errors)}");
            Thread.Sleep(5);
        }

        return true;
    }

    public int Id => _process.Id;

    /// <summary>What it has written to stdout.</summary>
    public string OutputSoFar => Text(_output);

    public void Signal(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    public ElboResult Wait()
    {
        if (!_process.WaitForExit(Timeout))
        {
            _process.Kill();
            Assert.Fail($"the program did not exit: {Text(_errors)}");
        }

        Assert.True(_errorsEnded.Wait(Timeout) && _outputEnded.Wait(Timeout));
        return new ElboResult(_process.ExitCode, Text(_output), Text(_errors));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        _errorsEnded.Dispose();
        _outputEnded.Dispose();
    }

    private static void Collect(StringBuilder text, ManualResetEventSlim ended, string? line)
    {
        if (line is null)
        {
            ended.Set();
            return;
        }

        lock (text)
            text.Append(line).Append('\n');
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}

/// <summary>The exit code and the output of the program.</summary>
internal sealed record ElboResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Asserts success and output without stack traces or escape sequences.</summary>
    public ElboResult AssertDone()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Errors}");
        AssertClean();
        return this;
    }

    /// <summary>Asserts this exit code, one error sentence that contains these parts, and empty stdout.</summary>
    public ElboResult AssertFails(int exitCode, params string[] parts)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode} instead of {exitCode}: {Output}{Errors}");
        AssertClean();
        Assert.Equal("", Output);
        var sentence = Assert.Single(Errors.Split('\n'), line => line.StartsWith("elbo: ", StringComparison.Ordinal));
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, sentence, StringComparison.Ordinal));
        return this;
    }

    private void AssertClean()
    {
        Assert.DoesNotContain("   at ", Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', Errors);
        Assert.DoesNotContain('\e', Output);
    }
}
