using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The terms of the bound over a whole split, with noise that depends on the seed alone: the same model gives the same figures.
/// </summary>
internal static class SplitEvaluation
{
    /// <param name="model">The model.</param>
    /// <param name="data">The split.</param>
    /// <param name="samples">Draws of z for each example.</param>
    /// <param name="seed">The seed of the noise.</param>
    /// <param name="objective">The objective whose auxiliary term is computed as well, or null.</param>
    /// <param name="trainingBatchSize">
    /// The size of the batches over which an auxiliary term that depends on it is estimated, as in training.
    /// </param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    public static SplitTerms Evaluate(
        GenerativeModel model,
        BatchReader data,
        int samples,
        ulong seed,
        WeightedObjective? objective = null,
        int trainingBatchSize = GenerativeModel.EvaluationBatchSize,
        CancellationToken cancellationToken = default)
    {
        using var inference = model.BeginInference();
        using var sums = new TermAccumulator(model, data.Device);
        using var _ = no_grad();
        var dependsOnBatch = objective?.AuxiliaryDependsOnBatch == true;
        var size = dependsOnBatch ? trainingBatchSize : Math.Max(1, model.MaxBatchSize(GenerativeModel.EvaluationBatchSize) / samples);
        for (var start = 0; start < data.Count; start += size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = data.Slice(start, Math.Min(size, data.Count - start));
            var terms = model.Terms(batch, model.EvaluationNoise(batch, samples, seed));
            // The auxiliary term is accumulated instead of the loss, which is a function of means over the whole split.
            sums.Add(terms, objective?.Auxiliary(terms));
        }

        return sums.Read() with
        {
            Auxiliary = objective?.HasAuxiliary == true ? sums.MeanLoss() : null,
            AuxiliaryBatchSize = dependsOnBatch ? Math.Min(size, data.Count) : null,
        };
    }
}
