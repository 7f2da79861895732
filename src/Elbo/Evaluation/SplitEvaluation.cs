using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>The terms of the bound over a whole split, with noise that depends on the seed alone: the same model gives the same figures.</summary>
internal static class SplitEvaluation
{
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
        var size = Math.Max(1, model.ExamplesAtOnce(EvaluationBatches.Size) / samples);
        for (var start = 0; start < data.Count; start += EvaluationBatches.Size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            // The slice does not depend on the number of draws: a dynamic binarisation draws anew for each, and is to give the same images.
            var slice = data.Slice(start, Math.Min(EvaluationBatches.Size, data.Count - start));
            for (var offset = 0; offset < slice.Pixels.shape[0]; offset += size)
            {
                using var inner = NewDisposeScope();
                var batch = slice.Narrow(offset, Math.Min(size, slice.Pixels.shape[0] - offset));
                var noise = EvaluationBatches.Noise(model, batch, samples, seed, start + offset);
                var terms = model.Terms(batch, noise, new BoundDerivative(workspace, gradients));
                // What an objective has of its own takes the place of the loss, which is made of means over the split.
                sums.Add(terms, objective?.OwnTerm(terms)?.unsqueeze(1));
                workspace.Reset();
            }
        }

        return sums.Read() with { OwnTerm = sums.MeanLoss() };
    }
}
