using System.Collections.Concurrent;
using TorchSharp;

namespace Elbo.Studio;

/// <summary>
/// The background thread that owns all tensors of the studio. Jobs run in the order in which they were submitted; they must return plain
/// data, never a tensor.
/// </summary>
/// <remarks>
/// Every thread that calls libtorch gets its own pool of OpenMP threads, and dispose scopes are per thread, so the studio creates, uses and
/// disposes tensors on this thread only. A job opens its own dispose scope.
/// </remarks>
internal sealed class ComputeThread : IDisposable
{
    private readonly BlockingCollection<Job> _jobs = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly Thread _thread;
    private bool _isPrepared;
    private bool _isDisposed;

    public ComputeThread()
    {
        _thread = new Thread(ProcessJobs) { IsBackground = true, Name = "Elbo studio: compute" };
        _thread.Start();
    }

    /// <summary>Whether the caller is on the compute thread.</summary>
    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>Whether it has stopped accepting jobs.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>
    /// Runs a job on the compute thread. A job that is cancelled while it is queued, or still queued when the studio stops, is never
    /// started.
    /// </summary>
    public Task<T> Run<T>(Func<T> work, CancellationToken cancellation = default)
    {
        // A blocking caller would deadlock, and any other would change the order of the jobs.
        if (IsCurrent)
            throw new InvalidOperationException("A job on the compute thread cannot submit another job to it.");
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellation);
        var job = new Job<T>(work, cancellation);
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _jobs.Add(job, CancellationToken.None);
                return job.Result;
            }
        }

        job.Cancel(_stopping.Token);
        return job.Result;
    }

    /// <summary>Runs a job without a result.</summary>
    public Task Run(Action work, CancellationToken cancellation = default) =>
        Run<object?>(
            () =>
            {
                work();
                return null;
            },
            cancellation);

    /// <summary>Waits for the running job; queued jobs are cancelled.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _stopping.Cancel();
            _jobs.CompleteAdding();
        }

        if (!IsCurrent)
            _thread.Join();
    }

    private void ProcessJobs()
    {
        foreach (var job in _jobs.GetConsumingEnumerable())
        {
            if (_stopping.IsCancellationRequested)
                job.Cancel(_stopping.Token);
            else
                job.Execute(Prepare);
        }
    }

    /// <summary>
    /// Runs within the first job, so that a native library that fails to load is an error of that job and does not end the process.
    /// </summary>
    private void Prepare()
    {
        if (_isPrepared)
            return;
        // The models are small: a second thread would not make them faster and would take a core away from a training. The setting applies
        // to the calling thread only.
        torch.set_num_threads(1);
        _isPrepared = true;
    }

    private abstract class Job
    {
        public abstract void Execute(Action prepare);

        public abstract void Cancel(CancellationToken cancellation);
    }

    private sealed class Job<T>(Func<T> work, CancellationToken cancellation) : Job
    {
        // The continuation of the awaiting caller must not run on this thread.
        private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Result => _result.Task;

        public override void Execute(Action prepare)
        {
            if (cancellation.IsCancellationRequested)
            {
                Cancel(cancellation);
                return;
            }

            try
            {
                prepare();
                _result.SetResult(work());
            }
            catch (OperationCanceledException exception)
            {
                Cancel(exception.CancellationToken);
            }
#pragma warning disable CA1031 // Every error is passed to the caller, and the thread continues with the other jobs.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _result.SetException(exception);
            }
        }

        public override void Cancel(CancellationToken cancellation) => _result.TrySetCanceled(cancellation);
    }
}
