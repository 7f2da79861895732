using System.Diagnostics;
using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Threads that share the work of a step. The calling thread is the first of them. They wait for each other at a few barriers, where they
/// spin for a while and then sleep: on a busy machine a thread that has slept gets a processor as soon as it is woken, while one that
/// yields gets it when the other program's time is over.
/// </summary>
internal sealed class ThreadTeam : IDisposable
{
    // Longer than the threads of an idle machine wait for each other, and than the time between two steps; far shorter than a time slice.
    private static readonly TimeSpan Awake = TimeSpan.FromMicroseconds(300);

    private readonly Thread[] _threads;
    private readonly object _gate = new();
    private Action<int> _work = _ => { };
    private volatile Exception? _failure;
    private volatile bool _isEnding;
    private int _runs;
    private int _phase;
    private int _arrived;
    private int _ended;
    private int _sleeping;

    /// <summary>Starts the threads, which compute with the floating-point control word of the calling one.</summary>
    /// <param name="count">The number of threads, with the calling one.</param>
    public ThreadTeam(int count)
    {
        Count = count;
        var mode = FloatingPointMode.Current();
        _threads = [.. Enumerable.Range(1, count - 1).Select(index => new Thread(() => Serve(index, mode)))];
        foreach (var thread in _threads)
        {
            thread.IsBackground = true;
            thread.Start();
        }
    }

    /// <summary>The number of threads, with the calling one.</summary>
    public int Count { get; }

    /// <summary>Calls a function on every thread with the thread's number, and waits until all have returned.</summary>
    public void Run(Action<int> work)
    {
        var threads = get_num_threads();
        (_work, _arrived, _ended) = (work, 0, 0);
        try
        {
            // The threads of the team take the place of libtorch's.
            set_num_threads(1);
            Interlocked.Increment(ref _runs);
            Wake();
            Attempt(0);
            while (Volatile.Read(ref _ended) is var ended && ended < _threads.Length)
                AwaitChange(ref _ended, ended);
        }
        finally
        {
            set_num_threads(threads);
        }

        if (_failure is not { } failure)
            return;
        _failure = null;
        ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Waits until every thread has come to this point.</summary>
    public void Sync()
    {
        if (Count == 1)
            return;
        var phase = Volatile.Read(ref _phase);
        if (Interlocked.Increment(ref _arrived) == Count)
        {
            _arrived = 0;
            Interlocked.Increment(ref _phase);
            Wake();
            return;
        }

        while (Volatile.Read(ref _phase) == phase)
        {
            if (_failure is not null)
                throw new OperationCanceledException("Another thread of the step has failed.");
            AwaitChange(ref _phase, phase);
        }
    }

    /// <summary>What a thread has of a number of rows or columns: whole units, as equal as possible.</summary>
    public IndexRange Share(int thread, int count, int unit)
    {
        var units = (count + unit - 1) / unit;
        var start = Math.Min(count, units * thread / Count * unit);
        return new(start, Math.Min(count, units * (thread + 1) / Count * unit) - start);
    }

    public void Dispose()
    {
        _isEnding = true;
        Wake();
        foreach (var thread in _threads)
            thread.Join();
    }

    private void Serve(int thread, FloatingPointMode? mode)
    {
        mode?.Apply();
        set_num_threads(1);
        using var _ = no_grad();
        for (var seen = 0; ; seen++)
        {
            while (Volatile.Read(ref _runs) == seen)
            {
                if (_isEnding)
                    return;
                AwaitChange(ref _runs, seen);
            }

            Attempt(thread);
            Interlocked.Increment(ref _ended);
            Wake();
        }
    }

    private void Attempt(int thread)
    {
        try
        {
            _work(thread);
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure!, exception, null);
            Wake();
        }
    }

    // Returns when the number is another one, and sometimes before.
    private void AwaitChange(ref int number, int from)
    {
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < Awake)
        {
            if (Volatile.Read(ref number) != from)
                return;
            Thread.SpinWait(4);
        }

        lock (_gate)
        {
            // Whoever changes the number after this sees that a thread sleeps, and waits for the lock.
            Interlocked.Increment(ref _sleeping);
            if (Volatile.Read(ref number) == from && _failure is null && !_isEnding)
                Monitor.Wait(_gate);
            Interlocked.Decrement(ref _sleeping);
        }
    }

    private void Wake()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _sleeping) == 0)
            return;
        lock (_gate)
            Monitor.PulseAll(_gate);
    }
}
