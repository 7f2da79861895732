using System.Diagnostics;

namespace Elbo.Fuzzing;

/// <summary>Ends the process when a case takes too long, which also finds those that never end.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly Timer _timer;
    private readonly TimeSpan _limit;
    private long _started;
    private volatile string? _current;

    public Watchdog(double seconds)
    {
        _limit = TimeSpan.FromSeconds(seconds);
        _timer = new Timer(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>The time of the slowest case so far.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>The slowest case so far.</summary>
    public string? SlowestCase { get; private set; }

    public void Begin(string name)
    {
        _started = Stopwatch.GetTimestamp();
        _current = name;
    }

    public void End()
    {
        var elapsed = Stopwatch.GetElapsedTime(_started);
        if (elapsed > Slowest)
            (Slowest, SlowestCase) = (elapsed, _current);
        if (elapsed > _limit)
            Fail();
        _current = null;
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (_current is not null && Stopwatch.GetElapsedTime(_started) > _limit)
            Fail();
    }

    private void Fail()
    {
        Console.Error.WriteLine($"{_current}: took longer than {_limit.TotalSeconds} s");
        Environment.Exit(1);
    }
}
