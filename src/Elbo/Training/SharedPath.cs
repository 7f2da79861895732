using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// A path whose batches several processes share: after the backward pass the gradients are summed over the processes, so that each takes
/// the optimizer's step of the whole batch.
/// </summary>
/// <param name="path">Computes this process's part of the gradients.</param>
/// <param name="gradients">Sums them.</param>
internal sealed class SharedPath(IGradientPath path, GradientSum gradients) : IGradientPath
{
    public string Name => path.Name;

    public bool HasOwnThreads => path.HasOwnThreads;

    public (BoundTerms Terms, Tensor Loss) Compute(Batch batch, Noise noise, TermWeights weights, TrainingClock clock)
    {
        var result = path.Compute(batch, noise, weights, clock);
        gradients.Wait();
        return result;
    }

    public void Update(FusedAdam optimizer, double learningRate) => path.Update(optimizer, learningRate);

    public void Dispose() => path.Dispose();
}
