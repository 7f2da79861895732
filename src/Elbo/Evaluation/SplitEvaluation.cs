using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The terms of the bound over a whole split, with noise that depends on the seed alone: the same model gives the same figures.
/// </summary>
public static class SplitEvaluation
{
    /// <summary>Evaluates the terms of the bound: reconstruction, KL for each latent dimension, and the active units.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The examples.</param>
    /// <param name="samples">Draws of z for each example.</param>
    /// <param name="seed">The seed of the noise.</param>
    /// <param name="binarize">How grey values become zeros and ones; null for as in the training of the model.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    /// <returns>The terms, in nats per example and without weights.</returns>
    /// <exception cref="InputException">The examples lack the condition.</exception>
    /// <exception cref="ArgumentException">
    /// Model or examples are null, their values do not fit the model, or the number of draws is not positive or more than one pass can
    /// hold.
    /// </exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public static SplitTerms Evaluate(
        GenerativeModel model,
        ExampleSet data,
        int samples = 1,
        ulong seed = 0,
        Binarization? binarize = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples, model.MaxDraws);
        using var inference = model.BeginInference();
        var reader = model.Reader(data, binarize, seed);
        return Evaluate(model, reader, samples, seed, cancellationToken: cancellationToken);
    }

    /// <summary>Evaluates the terms of the bound and the auxiliary term of an objective, as at the end of a training.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The examples.</param>
    /// <param name="objective">The objective; its number of draws of z is taken for each example.</param>
    /// <param name="seed">The seed of the noise and of the binarisation.</param>
    /// <param name="trainingBatchSize">
    /// The size of the batches over which an auxiliary term that depends on it is estimated, as in training.
    /// </param>
    /// <param name="binarize">How grey values become zeros and ones; null for as in the training of the model.</param>
    /// <param name="processes">The processes that share the examples; each gets the result for all. Null for this one alone.</param>
    /// <param name="cancellationToken">Ends the evaluation, of a single process only.</param>
    /// <returns>The terms, in nats per example and without weights.</returns>
    /// <exception cref="SettingsException">The objective does not fit the model, or its options are not possible.</exception>
    /// <exception cref="ArgumentException">The values do not fit the model, or an argument is null.</exception>
    /// <exception cref="InputException">An example lacks the condition.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public static SplitTerms Evaluate(
        GenerativeModel model,
        ExampleSet data,
        ObjectiveOptions objective,
        ulong seed = 0,
        int trainingBatchSize = GenerativeModel.EvaluationBatchSize,
        Binarization? binarize = null,
        IProcessGroup? processes = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trainingBatchSize);
        using var inference = model.BeginInference();
        var reader = model.Reader(data, binarize, seed);
        var weighted = new WeightedObjective(objective, () => ModelTerms.Probe(model));
        return Evaluate(model, reader, objective.Samples, seed, weighted, trainingBatchSize, processes, cancellationToken);
    }

    /// <summary>The same from a reader, with the auxiliary term of an objective.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The split.</param>
    /// <param name="samples">Draws of z for each example.</param>
    /// <param name="seed">The seed of the noise.</param>
    /// <param name="objective">The objective whose auxiliary term is computed as well, or null.</param>
    /// <param name="trainingBatchSize">
    /// The size of the batches over which an auxiliary term that depends on it is estimated, as in training.
    /// </param>
    /// <param name="processes">The processes that share the examples; null for this one alone.</param>
    /// <param name="cancellationToken">Ends the evaluation, of a single process only: the others would wait for this one.</param>
    internal static SplitTerms Evaluate(
        GenerativeModel model,
        BatchReader data,
        int samples,
        ulong seed,
        WeightedObjective? objective = null,
        int trainingBatchSize = GenerativeModel.EvaluationBatchSize,
        IProcessGroup? processes = null,
        CancellationToken cancellationToken = default)
    {
        using var inference = model.BeginInference();
        using var sums = new TermAccumulator(model, data.Device);
        using var _ = no_grad();
        var dependsOnBatch = objective?.AuxiliaryDependsOnBatch == true;
        var size = dependsOnBatch ? trainingBatchSize : Math.Max(1, model.MaxBatchSize(GenerativeModel.EvaluationBatchSize) / samples);
        processes ??= SingleProcess.Instance;
        var own = ShareOf(data.Count, dependsOnBatch ? size : 1, processes);
        for (var start = own.Start; start < own.Start + own.Count; start += size)
        {
            if (processes.Count == 1)
                cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = data.Slice(start, Math.Min(size, own.Start + own.Count - start));
            var terms = model.Terms(batch, model.EvaluationNoise(batch, samples, seed));
            // The auxiliary term is accumulated instead of the loss, which is a function of means over the whole split.
            sums.Add(terms, objective?.Auxiliary(terms));
        }

        sums.SumOver(processes);
        return sums.Read() with
        {
            Auxiliary = objective?.HasAuxiliary == true ? sums.MeanLoss() : null,
            AuxiliaryBatchSize = dependsOnBatch ? Math.Min(size, data.Count) : null,
        };
    }

    // Batches are not taken apart where a term depends on them.
    private static ProcessShare ShareOf(int examples, int unit, IProcessGroup processes)
    {
        var units = ProcessShare.Of((examples + unit - 1) / unit, processes);
        var end = Math.Min(examples, (long)(units.Start + units.Count) * unit);
        return new ProcessShare(Math.Min(examples, units.Start * unit), (int)Math.Max(0, end - (long)units.Start * unit), examples);
    }
}
