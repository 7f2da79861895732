using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>The terms of the bound over a whole split, with noise that depends on the seed alone: the same model gives the same figures.</summary>
internal static class SplitEvaluation
{
    /// <summary>Images that go through the model at once. More is no faster, and resident memory has been seen to grow with it.</summary>
    public const int BatchSize = 1_000;

    public static SplitTerms Evaluate(
        LatentVariableModel model,
        TensorDataset data,
        int samples,
        ulong seed,
        WeightedObjective? objective = null,
        CancellationToken cancellationToken = default)
    {
        using var sums = new TermAccumulator(model, data.Device);
        // The way back is never gone here: what is wanted is that the same memory serves each batch.
        using var workspace = new Workspace();
        using var gradients = new ParameterGradients();
        using var _ = no_grad();
        var size = Math.Max(1, model.ExamplesAtOnce(BatchSize) / samples);
        for (var start = 0; start < data.Count; start += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            // The slice does not depend on the number of draws: a dynamic binarisation draws anew for each, and is to give the same images.
            var slice = data.Slice(start, Math.Min(BatchSize, data.Count - start));
            for (var offset = 0; offset < slice.Pixels.shape[0]; offset += size)
            {
                using var inner = NewDisposeScope();
                var batch = slice.Narrow(offset, Math.Min(size, slice.Pixels.shape[0] - offset));
                var noise = Noise(model, batch, samples, seed, start + offset);
                var terms = model.Terms(batch, noise, new BoundDerivative(workspace, gradients));
                // What an objective has of its own takes the place of the loss, which is made of means over the split.
                sums.Add(terms, objective?.OwnTerm(terms)?.unsqueeze(1));
                workspace.Reset();
            }
        }

        return sums.Read() with { OwnTerm = sums.MeanLoss() };
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
