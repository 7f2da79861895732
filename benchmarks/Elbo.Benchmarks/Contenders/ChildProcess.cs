using System.Diagnostics;

namespace Elbo.Benchmarks;

/// <summary>Measures whole processes.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan MemoryInterval = TimeSpan.FromMilliseconds(5);

    /// <summary>Returns the milliseconds from the start of a process to its exit.</summary>
    public static double Time(ProcessStartInfo start)
    {
        RedirectOutput(start);
        var started = Stopwatch.GetTimestamp();
        using var process = Start(start);
        process.WaitForExit();
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        RequireSuccess(process, start);
        return elapsed;
    }

    /// <summary>Returns the peak memory of a process in MiB: the high-water mark of the kernel, read until the process exits.</summary>
    public static double PeakMebibytes(ProcessStartInfo start)
    {
        RedirectOutput(start);
        using var process = Start(start);
        var peak = 0.0;
        do
            peak = Math.Max(peak, HighWaterMark(process.Id));
        while (!process.WaitForExit(MemoryInterval));
        RequireSuccess(process, start);
        return peak;
    }

    private static Process Start(ProcessStartInfo start)
    {
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith("Error", StringComparison.OrdinalIgnoreCase) == true)
                Console.Error.WriteLine(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void RedirectOutput(ProcessStartInfo start) => start.RedirectStandardOutput = start.RedirectStandardError = true;

    private static void RequireSuccess(Process process, ProcessStartInfo start)
    {
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} exited with {process.ExitCode}.");
    }

    private static double HighWaterMark(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1]) / 1024;
        }
        catch (IOException)
        {
            return 0; // The process has exited in the meantime.
        }
    }
}
