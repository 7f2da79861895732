using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Prepares the batch of the next step on another thread, while the host makes the calls of this step to a device that computes by itself.
/// </summary>
/// <param name="prepare">The batch and the noise of a step, a function of the order of the epoch's examples and of the position.</param>
internal sealed class ReadAhead(Func<int[], TrainingPosition, (Batch Batch, Noise Noise)> prepare) : IDisposable
{
    private Task<(Batch Batch, Noise Noise)>? _next;
    private (int[] Order, TrainingPosition Position) _of;

    /// <summary>The batch and the noise of a step.</summary>
    /// <param name="order">The order of the epoch's examples.</param>
    /// <param name="position">The position of the step.</param>
    /// <param name="isLast">Whether no other step with this order follows.</param>
    /// <param name="scope">The dispose scope to which the tensors will belong.</param>
    public (Batch Batch, Noise Noise) Take(int[] order, TrainingPosition position, bool isLast, DisposeScope scope)
    {
        if (_of != (order, position))
            Dispose();
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

    /// <summary>Discards what was prepared.</summary>
    public void Dispose()
    {
        var next = _next;
        _next = null;
        // A step that is not taken need not be possible.
        if (next is null || !next.ContinueWith(done => done.IsCompletedSuccessfully, TaskScheduler.Default).GetAwaiter().GetResult())
            return;
        var (batch, noise) = next.Result;
        foreach (var tensor in TensorsOf(batch, noise))
            tensor.Dispose();
    }

    private Task<(Batch Batch, Noise Noise)> Begin(int[] order, TrainingPosition position) => Task.Run(() =>
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (batch, noise) = prepare(order, position);
        foreach (var tensor in TensorsOf(batch, noise))
            scope.Detach(tensor);
        return (batch, noise);
    });

    private static IEnumerable<Tensor> TensorsOf(Batch batch, Noise noise) =>
        new[] { batch.Values, batch.Features, batch.Target, batch.Labels, batch.Groups }.OfType<Tensor>()
            .Concat(Enumerable.Range(0, noise.Count).Select(group => noise[group]));
}
