using System.Diagnostics;

namespace Elbo;

/// <summary>A call of MPI that is under way. It makes progress only while a process is within MPI, so whoever waits keeps asking.</summary>
internal sealed class MpiRequest(IntPtr request, object? values, Action<int> fail) : IPendingSum
{
    // A sum of gradients takes less; whoever waits longer waits for a process that does something else, such as drawing a picture.
    private static readonly TimeSpan Eager = TimeSpan.FromMilliseconds(20);

    private IntPtr _request = request;
    private bool _isDone;

    public void Wait()
    {
        var started = Stopwatch.GetTimestamp();
        while (!IsDone())
        {
            if (Stopwatch.GetElapsedTime(started) < Eager)
                Thread.Yield();
            else
                Thread.Sleep(1);
        }
    }

    /// <summary>Whether it has ended.</summary>
    public bool IsDone()
    {
        if (_isDone)
            return true;
        if (MpiLibrary.Test(ref _request, out var isDone, 0) is not 0 and var error)
            fail(error);
        _isDone = isDone != 0;
        // Until here MPI writes into the memory of the tensor.
        GC.KeepAlive(values);
        return _isDone;
    }
}
