using System.Diagnostics;

namespace Elbo;

/// <summary>Whether the process that a run's record names is still at work on it.</summary>
public static class RunProcess
{
    // The start of a process is known to the system to a hundredth of a second, counted from boot.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The id of that process, or null where the run is not being trained right now, as far as this machine can tell: it holds the lock of
    /// the run, and its record names it.
    /// </summary>
    /// <param name="directory">The run.</param>
    /// <param name="record">The record of the run.</param>
    /// <returns>The id of the process; null for this one.</returns>
    public static int? Find(RunDirectory directory, RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(record);
        if (record.State != RunState.Running || record.ProcessId is not { } id || id == Environment.ProcessId
            || !TrainingLock.IsTaken(directory) || (TrainingLock.FindHolder(directory) ?? id) != id)
            return null;
        try
        {
            using var process = Process.GetProcessById(id);
            // Ids are used again: the one meant had started before it wrote the record, and is this program.
            var recorded = record.ResumedAt.Count > 0 ? record.ResumedAt[^1] : record.StartedAt;
            var isEarlier = process.StartTime.ToUniversalTime() <= recorded.UtcDateTime + ClockTolerance;
            return isEarlier && !process.HasExited && process.ProcessName is "elbo" or "Elbo.Cli" or "dotnet" ? id : null;
        }
        catch (Exception exception) when (
            exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>How a run stands, in a word for people.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="record">The record of the run.</param>
    /// <returns>The state in lower case; "stopped" where the record says running and nobody holds the lock.</returns>
    public static string Describe(RunDirectory directory, RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(record);
        return record.State == RunState.Running && !TrainingLock.IsTaken(directory)
            ? "stopped"
            : record.State.ToString().ToLowerInvariant();
    }
}
