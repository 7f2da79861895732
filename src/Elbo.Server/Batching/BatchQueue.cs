using System.Runtime.InteropServices;

namespace Elbo.Server;

/// <summary>
/// The jobs that wait for one operation of a model. Nothing waits for a batch to fill: a worker takes what is there, and what arrives
/// while it computes makes the next batch. A job of many examples takes its turn with the others after each batch.
/// </summary>
/// <remarks>The result of an example does not depend, bit for bit, on what else is in its batch.</remarks>
internal sealed class BatchQueue(InferenceModel model, ServerMetrics metrics, string name)
{
    /// <summary>The examples of a batch, with which the model is about as fast per example as with more.</summary>
    public const int BatchSize = 64;

    private readonly Lock _gate = new();
    private readonly Queue<ModelJob> _waiting = new();
    private readonly Stack<Batch> _idle = new();
    private readonly int _maxWorkers = Math.Max(1, Environment.ProcessorCount);
    private int _waitingExamples;
    private int _workers;

    /// <summary>The examples that no batch has taken.</summary>
    public int WaitingExamples
    {
        get
        {
            lock (_gate)
                return _waitingExamples;
        }
    }

    /// <summary>Computes a job.</summary>
    /// <exception cref="ServerBusyException">Too many examples wait.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public Task Run(ModelJob job)
    {
        lock (_gate)
        {
            if (_waitingExamples + job.Count > ServerLimits.WaitingExamples)
                throw new ServerBusyException();
            _waiting.Enqueue(job);
            _waitingExamples += job.Count;
            if (_workers < _maxWorkers)
            {
                _workers++;
                ThreadPool.UnsafeQueueUserWorkItem(static queue => queue.Work(), this, preferLocal: false);
            }
        }

        return job.Done;
    }

    private void Work()
    {
        Batch? batch;
        lock (_gate)
            _idle.TryPop(out batch);
        batch ??= new Batch(model);
        var slices = new List<BatchSlice>();
        while (Take(slices))
            Compute(batch, slices);
        lock (_gate)
            _idle.Push(batch);
    }

    /// <summary>Takes the next batch; false, and the worker is no longer counted, if nothing waits.</summary>
    private bool Take(List<BatchSlice> slices)
    {
        slices.Clear();
        lock (_gate)
        {
            var room = BatchSize;
            for (var turns = _waiting.Count; turns > 0 && room > 0; turns--)
            {
                var job = _waiting.Dequeue();
                if (job.Cancellation.IsCancellationRequested || job.Done.IsCompleted)
                {
                    _waitingExamples -= job.Count - job.Next;
                    job.Cancel();
                    continue;
                }

                var count = Math.Min(room, job.Count - job.Next);
                slices.Add(new(job, job.Next, count));
                job.Next += count;
                room -= count;
                _waitingExamples -= count;
                if (job.Next < job.Count)
                    _waiting.Enqueue(job);
            }

            if (slices.Count == 0)
                _workers--;
            return slices.Count > 0;
        }
    }

    private void Compute(Batch batch, List<BatchSlice> slices)
    {
        try
        {
            batch.Run(slices);
        }
        catch (Exception exception) when (slices.Count == 1)
        {
            slices[0].Job.Fail(exception);
            return;
        }
        catch (ArgumentException)
        {
            // One of them does not fit the model; the others do.
            foreach (var slice in slices.ToArray())
                Compute(batch, [slice]);
            return;
        }
        catch (Exception exception)
        {
            foreach (var slice in slices)
                slice.Job.Fail(exception);
            return;
        }

        var examples = 0;
        foreach (var slice in CollectionsMarshal.AsSpan(slices))
        {
            examples += slice.Count;
            slice.Job.Complete(slice.Count);
        }

        metrics.CountBatch(name, slices[0].Job.Operation, examples);
    }
}
