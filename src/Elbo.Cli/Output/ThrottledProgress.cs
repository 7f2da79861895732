using System.Diagnostics;

namespace Elbo.Cli;

/// <summary>Reports progress on stderr at most once every ten seconds, and nothing for work that takes less time.</summary>
internal sealed class ThrottledProgress(int examples) : IProgress<int>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private long _reported = Stopwatch.GetTimestamp();

    public void Report(int value)
    {
        if (Stopwatch.GetElapsedTime(_reported) < Interval)
            return;
        _reported = Stopwatch.GetTimestamp();
        Console.Error.WriteLine($"{value} of {examples} examples");
    }
}
