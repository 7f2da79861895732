namespace Elbo.Server;

/// <summary>
/// What one request asks of a model: examples, and room for the results of each. The examples of a job may be computed in several batches,
/// together with those of other jobs.
/// </summary>
/// <param name="operation">What is computed.</param>
/// <param name="count">The number of examples.</param>
/// <param name="cancellation">Gives up what has not been computed yet.</param>
internal sealed class ModelJob(ModelOperation operation, int count, CancellationToken cancellation)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _remaining = count;

    public ModelOperation Operation => operation;

    public int Count { get; } = count;

    public CancellationToken Cancellation => cancellation;

    /// <summary>Values x, <c>[count, values]</c>; empty where the operation takes none, as with the other inputs.</summary>
    public float[] Values { get; init; } = [];

    /// <summary>Values of which a part is the condition, <c>[count, values]</c>.</summary>
    public float[] Visible { get; init; } = [];

    public int[] Labels { get; init; } = [];

    /// <summary>Attributes, <c>[count, attributes]</c>.</summary>
    public double[] Attributes { get; init; } = [];

    /// <summary>Codes z, <c>[count, latent]</c>.</summary>
    public float[] Codes { get; init; } = [];

    /// <summary>Draws of N(0, I), <c>[count, latent]</c>.</summary>
    public float[] Epsilon { get; init; } = [];

    /// <summary>The room for results, each <c>[count, ...]</c>; a result of length 0 is not computed.</summary>
    public required float[][] Results { get; init; }

    /// <summary>The first example that no batch has taken; owned by the queue.</summary>
    public int Next { get; set; }

    /// <summary>Completes when every example is computed.</summary>
    public Task Done => _done.Task;

    /// <summary>Counts computed examples.</summary>
    public void Complete(int examples)
    {
        if (Interlocked.Add(ref _remaining, -examples) == 0)
            _done.TrySetResult();
    }

    public void Fail(Exception exception) => _done.TrySetException(exception);

    public void Cancel() => _done.TrySetCanceled(cancellation);
}
