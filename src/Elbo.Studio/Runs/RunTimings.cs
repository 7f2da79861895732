using System.Globalization;

namespace Elbo.Studio;

/// <summary>The time that a training still takes, by what its last epochs took.</summary>
internal static class RunTimings
{
    // The median of a few: one epoch during which the machine slept or was busy does not count, and a new pace is seen soon.
    private const int Epochs = 7;
    private static readonly string[] PartsAfterSteps = ["evaluation_seconds", "pictures_seconds"];

    /// <summary>The time left; null before the first epoch is done, and where the seconds of the epochs cannot be read.</summary>
    public static TimeSpan? TimeLeft(RunEntry run, DateTime now)
    {
        if (run.Overview is not { } overview || overview.Configuration.Training.Epochs is not { } epochs)
            return null;
        var path = overview.Directory.TimingsPath;
        try
        {
            if (SecondsPerEpoch(RunFile.ReadText(path)) is not { } seconds)
                return null;
            var sinceLast = Math.Clamp((now - FileTime.Of(new FileInfo(path))).TotalSeconds, 0, seconds);
            var left = seconds * Math.Max(0, (long)epochs - overview.EpochsDone) - sinceLast;
            return TimeSpan.FromSeconds(Math.Clamp(left, 0, TimeSpan.FromDays(9999).TotalSeconds));
        }
        catch (ElboException)
        {
            return null;
        }
    }

    /// <summary>The median of the seconds of the last epochs; null for a table that is none of a training.</summary>
    internal static double? SecondsPerEpoch(string timings)
    {
        var lines = timings[..(timings.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 2)
            return null;
        var columns = lines[0].Split(',');
        int[] summed = [.. PartsAfterSteps.Prepend("seconds").Select(name => Array.IndexOf(columns, name)).Where(index => index >= 0)];
        var known = lines.Skip(1).TakeLast(Epochs).Select(line => line.Split(',')).Where(cells => cells.Length == columns.Length)
            .Select(cells => summed.Sum(index => Seconds(cells[index]))).Where(seconds => seconds is > 0 and < 1e8).Order().ToArray();
        return known.Length == 0 ? null : (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2;
    }

    /// <summary>A time in words, as exact as it is known.</summary>
    public static string Words(TimeSpan time, Strings strings) => time switch
    {
        { TotalSeconds: < 90 } => strings["Runs.Left.Seconds", Math.Max(10, Math.Ceiling(time.TotalSeconds / 10) * 10)],
        { TotalMinutes: < 90 } => strings["Runs.Left.Minutes", Math.Round(time.TotalMinutes)],
        _ => strings["Runs.Left.Hours", Math.Floor(time.TotalHours), time.Minutes],
    };

    private static double Seconds(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : double.NaN;
}
