using System.Diagnostics;

namespace Elbo.Cli;

/// <summary>Says on stderr now and then how far something is that can take minutes, and nothing about what is done at once.</summary>
internal sealed class SlowProgress(int examples)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private long _reported = Stopwatch.GetTimestamp();

    public void Report(int done)
    {
        if (Stopwatch.GetElapsedTime(_reported) < Interval)
            return;
        _reported = Stopwatch.GetTimestamp();
        Console.Error.WriteLine($"{done} of {examples} images");
    }
}
