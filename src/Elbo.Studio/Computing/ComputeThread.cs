using System.Collections.Concurrent;
using TorchSharp;

namespace Elbo.Studio;

/// <summary>
/// The one thread on which the studio's tensors live. Work is done in the order in which it was asked for; what comes back must be plain
/// data, never a tensor.
/// </summary>
/// <remarks>
/// Each thread that computes gets a team of OpenMP threads of its own, and dispose scopes are per thread, so tensors of the studio are made,
/// used and disposed here alone. Work opens its own dispose scope.
/// </remarks>
internal sealed class ComputeThread : IDisposable
{
    private readonly BlockingCollection<Job> _jobs = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private readonly Thread _thread;
    private bool _isPrepared;
    private bool _isDisposed;

    public ComputeThread()
    {
        _thread = new Thread(Work) { IsBackground = true, Name = "Elbo studio: compute" };
        _thread.Start();
    }

    /// <summary>Whether the caller is on the compute thread.</summary>
    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>Whether it takes no more work.</summary>
    public bool IsEnding => _ending.IsCancellationRequested;

    /// <summary>Does work on the compute thread. Cancelled before its turn comes, or by the end of the studio, it is never begun.</summary>
    public Task<T> Run<T>(Func<T> work, CancellationToken cancellation = default)
    {
        // It would wait for itself where the caller blocks, and reorder the work where it does not.
        if (IsCurrent)
            throw new InvalidOperationException("The compute thread was asked for work by itself.");
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellation);
        var job = new Job<T>(work, cancellation);
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _jobs.Add(job, CancellationToken.None);
                return job.Answer;
            }
        }

        job.Cancel(_ending.Token);
        return job.Answer;
    }

    /// <summary>Does work that has no answer.</summary>
    public Task Run(Action work, CancellationToken cancellation = default) =>
        Run<object?>(
            () =>
            {
                work();
                return null;
            },
            cancellation);

    /// <summary>Waits for the work under way; what has not begun is cancelled.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _ending.Cancel();
            _jobs.CompleteAdding();
        }

        if (!IsCurrent)
            _thread.Join();
    }

    private void Work()
    {
        foreach (var job in _jobs.GetConsumingEnumerable())
        {
            if (_ending.IsCancellationRequested)
                job.Cancel(_ending.Token);
            else
                job.Do(Prepare);
        }
    }

    /// <summary>Within the first job, so that a library that does not load is an error of that job and not the end of the process.</summary>
    private void Prepare()
    {
        if (_isPrepared)
            return;
        // The models here are small: a second thread would gain nothing and take its core from a training job. The number is the calling
        // thread's own.
        torch.set_num_threads(1);
        _isPrepared = true;
    }

    private abstract class Job
    {
        public abstract void Do(Action prepare);

        public abstract void Cancel(CancellationToken cancellation);
    }

    private sealed class Job<T>(Func<T> work, CancellationToken cancellation) : Job
    {
        // What waits for the answer must not go on on this thread.
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Answer => _answer.Task;

        public override void Do(Action prepare)
        {
            if (cancellation.IsCancellationRequested)
            {
                Cancel(cancellation);
                return;
            }

            try
            {
                prepare();
                _answer.SetResult(work());
            }
            catch (OperationCanceledException exception)
            {
                Cancel(exception.CancellationToken);
            }
#pragma warning disable CA1031 // Whatever goes wrong belongs to whoever asked; the thread goes on for the others.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _answer.SetException(exception);
            }
        }

        public override void Cancel(CancellationToken cancellation) => _answer.TrySetCanceled(cancellation);
    }
}
