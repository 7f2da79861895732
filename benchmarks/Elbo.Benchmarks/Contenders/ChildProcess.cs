using System.Diagnostics;

namespace Elbo.Benchmarks;

/// <summary>Processes that are measured as a whole.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan MemoryInterval = TimeSpan.FromMilliseconds(5);

    /// <summary>Milliseconds from the start of a process to its end.</summary>
    public static double Time(ProcessStartInfo start)
    {
        Quieten(start);
        var started = Stopwatch.GetTimestamp();
        using var process = Start(start);
        process.WaitForExit();
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        RequireSuccess(process, start);
        return elapsed;
    }

    /// <summary>The most memory that a process ever held, in MiB: the system's own high-water mark, read until the process ends.</summary>
    public static double PeakMebibytes(ProcessStartInfo start)
    {
        Quieten(start);
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

    private static void Quieten(ProcessStartInfo start) => start.RedirectStandardOutput = start.RedirectStandardError = true;

    private static void RequireSuccess(Process process, ProcessStartInfo start)
    {
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}.");
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
            return 0; // It has ended meanwhile.
        }
    }
}
