using TorchSharp;

namespace Elbo;

/// <summary>
/// Estimates log p(x|c) over a split by Monte Carlo: the bound, draws from the prior, and importance sampling with the posterior as
/// proposal (Burda, Grosse and Salakhutdinov 2016). The draws depend on the seed alone: the same model gives the same figures.
/// </summary>
public static class LikelihoodEvaluation
{
    /// <summary>The most draws of z for an example and estimate.</summary>
    internal const int MaxSamples = 1_000_000_000;

    /// <summary>Estimates the likelihood of some examples.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The examples.</param>
    /// <param name="samples">K: draws of z for each example and estimate. Memory grows with it by a number for each draw.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <param name="binarize">Whether grey pixels become zeros and ones first; null for as the model was trained.</param>
    /// <param name="progress">Receives the number of examples that are done, after each batch.</param>
    /// <param name="processes">The processes that share the examples; each gets the result for all. Null for this one alone.</param>
    /// <param name="cancellationToken">Ends the estimation, of a single process only.</param>
    /// <returns>The estimates, each with its standard errors.</returns>
    /// <exception cref="SettingsException">The model's posterior has no density.</exception>
    /// <exception cref="InputException">The examples lack the condition.</exception>
    /// <exception cref="NotFiniteException">An estimate is not finite.</exception>
    /// <exception cref="ArgumentException">
    /// Model or examples are null, their values do not fit the model, or the number of draws is not between 1 and 1,000,000,000.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LikelihoodReport Estimate(
        GenerativeModel model,
        ExampleSet data,
        int samples,
        ulong seed = 0,
        Binarization? binarize = null,
        IProgress<int>? progress = null,
        IProcessGroup? processes = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        EnsurePossible(samples);
        using var inference = model.BeginInference();
        var reader = model.Reader(data, binarize, seed);
        return Estimate(model, reader, samples, seed, progress, processes, cancellationToken);
    }

    /// <summary>The same from a reader; <paramref name="progress"/> gets the number of examples that are done.</summary>
    internal static LikelihoodReport Estimate(
        GenerativeModel model,
        BatchReader data,
        int samples,
        ulong seed,
        IProgress<int>? progress = null,
        IProcessGroup? processes = null,
        CancellationToken cancellationToken = default)
    {
        EnsurePossible(samples);
        using var inference = model.BeginInference();
        EnsureDensity(model);
        processes ??= SingleProcess.Instance;
        var estimator = new LikelihoodEstimator(model, samples, seed, processes.Count == 1 ? cancellationToken : default);
        var (bound, importance, prior) = (new EstimateSums(), new EstimateSums(), new EstimateSums());
        List<double> reconstruction = [];
        var own = ProcessShare.Of(data.Count, processes);
        for (var start = own.Start; start < own.Start + own.Count; start += estimator.BatchSize)
        {
            using var scope = torch.NewDisposeScope();
            var batch = data.Slice(start, Math.Min(estimator.BatchSize, own.Start + own.Count - start));
            var fromPosterior = estimator.FromPosterior(batch);
            bound.Add(fromPosterior.Bound);
            importance.Add(fromPosterior.Likelihood);
            reconstruction.AddRange(fromPosterior.Reconstruction);
            prior.Add(estimator.FromPrior(batch));
            progress?.Report((start - own.Start + (int)batch.Values.shape[0]) * processes.Count);
        }

        foreach (var sums in new[] { bound, importance, prior })
            sums.Join(processes);
        var all = ProcessLists.Join(reconstruction, processes);
        var (posteriorTime, priorTime) = estimator.Elapsed;
        return new LikelihoodReport
        {
            Examples = data.Count,
            NegativeElbo = bound.Read(samples, posteriorTime),
            Reconstruction = all.Sum() / data.Count,
            ImportanceSampling = importance.Read(samples, posteriorTime),
            PriorMonteCarlo = prior.Read(samples, priorTime),
        };
    }

    private static void EnsurePossible(int samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples, MaxSamples);
    }

    /// <summary>Rejects a model whose draws of z have no importance weights.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="SettingsException">It has none: an autoencoder, or a model without a code.</exception>
    public static void EnsureDensity(GenerativeModel model)
    {
        if (!model.HasDensity)
        {
            throw new SettingsException(model.InfersCode
                ? "An autoencoder's encoder outputs a point, which has no density for importance sampling: evaluate its reconstruction."
                : "The model has no code to draw, and its reconstruction is -log p(x|c) itself: evaluate that.");
        }
    }
}
