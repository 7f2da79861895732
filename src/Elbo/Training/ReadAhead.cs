using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Prepares the batch of the next step on a thread of its own, while the host makes the calls of this step to a device that computes by
/// itself.
/// </summary>
internal sealed class ReadAhead : IDisposable
{
    private readonly Func<int[], TrainingPosition, (Batch Batch, Noise Noise)> _prepare;
    private readonly BlockingCollection<Task> _work = [];
    private readonly Thread _thread;
    private Task<(Batch Batch, Noise Noise)>? _next;
    private (int[] Order, TrainingPosition Position) _of;

    /// <param name="prepare">
    /// The batch and the noise of a step, a function of the order of the epoch's examples and of the position.
    /// </param>
    public ReadAhead(Func<int[], TrainingPosition, (Batch Batch, Noise Noise)> prepare)
    {
        _prepare = prepare;
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The batch and the noise of a step.</summary>
    /// <param name="order">The order of the epoch's examples.</param>
    /// <param name="position">The position of the step.</param>
    /// <param name="isLast">Whether no other step with this order follows.</param>
    /// <param name="scope">The dispose scope to which the tensors will belong.</param>
    public (Batch Batch, Noise Noise) Take(int[] order, TrainingPosition position, bool isLast, DisposeScope scope)
    {
        if (_of != (order, position))
            Discard();
        var next = _next ?? Begin(order, position);
        _next = null;
        var (batch, noise) = next.GetAwaiter().GetResult();
        foreach (var tensor in TensorsOf(batch, noise))
            scope.Attach(tensor);
        if (!isLast)
        {
            _of = (order, position with { Step = position.Step + 1 });
            _next = Begin(_of.Order, _of.Position);
        }

        return (batch, noise);
    }

    /// <summary>Discards what was prepared, and ends the thread.</summary>
    public void Dispose()
    {
        Discard();
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void Discard()
    {
        var next = _next;
        _next = null;
        // The error of a batch that no step takes is dropped.
        if (next is null || !next.ContinueWith(done => done.IsCompletedSuccessfully, TaskScheduler.Default).GetAwaiter().GetResult())
            return;
        var (batch, noise) = next.Result;
        foreach (var tensor in TensorsOf(batch, noise))
            tensor.Dispose();
    }

    private Task<(Batch Batch, Noise Noise)> Begin(int[] order, TrainingPosition position)
    {
        Task<(Batch Batch, Noise Noise)> prepared = new(() =>
        {
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            var (batch, noise) = _prepare(order, position);
            foreach (var tensor in TensorsOf(batch, noise))
                scope.Detach(tensor);
            return (batch, noise);
        });
        _work.Add(prepared);
        return prepared;
    }

    private void Serve()
    {
        // libtorch would make a team of threads for this one as well.
        set_num_threads(1);
        foreach (var prepared in _work.GetConsumingEnumerable())
            prepared.RunSynchronously(TaskScheduler.Default);
    }

    private static IEnumerable<Tensor> TensorsOf(Batch batch, Noise noise) =>
        new[] { batch.Values, batch.Features, batch.Target, batch.Labels, batch.Groups }.OfType<Tensor>()
            .Concat(Enumerable.Range(0, noise.Count).Select(group => noise[group]));
}
