using System.Diagnostics;
using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Threads that share the work of a step. The calling thread is the first of them. They wait for each other at a few barriers, where
/// they spin at first and then let other programs have the processor.
/// </summary>
internal sealed class ThreadTeam : IDisposable
{
    // A thread stays awake between two steps of an epoch.
    private static readonly TimeSpan Awake = TimeSpan.FromMilliseconds(5);

    private const int Spins = 400;

    private readonly Thread[] _threads;
    private readonly object _gate = new();
    private Action<int> _work = _ => { };
    private volatile Exception? _failure;
    private volatile bool _isEnding;
    private volatile int _runs;
    private volatile int _phase;
    private int _arrived;
    private int _ended;

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
            lock (_gate)
            {
                _runs++;
                Monitor.PulseAll(_gate);
            }

            Attempt(0);
            for (var waits = 0; Volatile.Read(ref _ended) < _threads.Length; waits++)
                Pause(waits);
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
        var phase = _phase;
        if (Interlocked.Increment(ref _arrived) == Count)
        {
            _arrived = 0;
            _phase = phase + 1;
            return;
        }

        for (var waits = 0; _phase == phase; waits++)
        {
            if (_failure is not null)
                throw new OperationCanceledException("Another thread of the step has failed.");
            Pause(waits);
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
        lock (_gate)
        {
            _isEnding = true;
            Monitor.PulseAll(_gate);
        }

        foreach (var thread in _threads)
            thread.Join();
    }

    private static void Pause(int waits)
    {
        if (waits < Spins)
            Thread.SpinWait(1);
        else
            Thread.Yield();
    }

    private void Serve(int thread, FloatingPointMode? mode)
    {
        mode?.Apply();
        set_num_threads(1);
        using var _ = no_grad();
        for (var seen = 0; AwaitRun(seen); seen++)
        {
            Attempt(thread);
            Interlocked.Increment(ref _ended);
        }
    }

    private bool AwaitRun(int seen)
    {
        var since = Stopwatch.GetTimestamp();
        for (var waits = 0; _runs == seen && !_isEnding && Stopwatch.GetElapsedTime(since) < Awake; waits++)
            Pause(waits);
        lock (_gate)
        {
            while (_runs == seen && !_isEnding)
                Monitor.Wait(_gate);
        }

        return !_isEnding;
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
        }
    }
}
