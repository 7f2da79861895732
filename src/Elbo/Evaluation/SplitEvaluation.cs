using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>The terms of the bound over a whole split, with noise that depends on the seed alone: the same model gives the same figures.</summary>
internal static class SplitEvaluation
{
    /// <summary>Images that go through the model at once. More is no faster, and resident memory has been seen to grow with it.</summary>
    private const int BatchSize = 1_000;

    public static SplitTerms Evaluate(
        LatentVariableModel model, TensorDataset data, int samples, ulong seed, CancellationToken cancellationToken = default)
    {
        using var sums = new TermAccumulator(model, data.Device);
        // The way back is never gone here: what is wanted is that the same memory serves each batch.
        using var workspace = new Workspace();
        using var gradients = new ParameterGradients();
        using var _ = no_grad();
        var size = Math.Max(1, model.ExamplesAtOnce(BatchSize) / samples);
        for (var start = 0; start < data.Count; start += size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = data.Slice(start, Math.Min(size, data.Count - start), workspace: workspace);
            sums.Add(model.Terms(batch, Noise(model, batch, samples, seed, start), new BoundDerivative(workspace, gradients)));
            workspace.Reset();
        }

        return sums.Read();
    }

    /// <summary>The noise with which the batch that starts at <paramref name="start"/> is evaluated.</summary>
    public static Tensor Noise(LatentVariableModel model, Batch batch, int samples, ulong seed, int start)
    {
        var device = batch.Pixels.device;
        using var generator = RandomStream.Create(seed, RandomPurpose.EvaluationNoise, 0, start, device);
        long[] shape = samples == 1
            ? [batch.Pixels.shape[0], model.LatentSize]
            : [samples, batch.Pixels.shape[0], model.LatentSize];
        return randn(shape, batch.Pixels.dtype, device, generator: generator);
    }
}
