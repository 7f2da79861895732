using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Draws codes for the examples of a batch, in chunks, and weights them. A draw of an example depends on the seed, the index of the example
/// and the number of the draw alone, so that neither batches nor chunks matter. Memory grows with K by the weights of the draws alone.
/// </summary>
internal sealed class LikelihoodEstimator(GenerativeModel model, int samples, ulong seed, CancellationToken cancellationToken = default)
{
    /// <summary>Codes per pass of the decoder: fewer use libtorch's matrix products poorly, more exceed the caches.</summary>
    public const int PreferredRows = 1_000;

    /// <summary>Time spent so far on draws from the posterior and on draws from the prior.</summary>
    public (TimeSpan ImportanceSampling, TimeSpan PriorMonteCarlo) Elapsed { get; private set; }

    /// <summary>The preferred number of examples per batch.</summary>
    public int BatchSize => Math.Max(1, Rows / samples);

    private int Rows => model.MaxBatchSize(PreferredRows);

    /// <summary>The bound, its first term alone, and the weighted mean of p(x|z,c), by draws from q(z|x,c).</summary>
    /// <param name="batch">The examples.</param>
    public (ExampleEstimates Bound, double[] Reconstruction, ExampleEstimates Likelihood) FromPosterior(Batch batch)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var started = Stopwatch.GetTimestamp();
        var (examples, device) = (batch.Values.shape[0], batch.Values.device);
        var weights = new ImportanceWeights(samples, examples, device);
        var (reconstruction, bound) = (new DrawMoments(examples, device), new DrawMoments(examples, device));
        ForEachChunk(batch, RandomPurpose.ImportanceSampling, (features, target, noise) =>
        {
            var terms = model.Terms(batch.Values, features, target, noise);
            weights.Add(ByDraw(terms.LogWeights));
            reconstruction.Add(ByDraw(terms.LogLikelihood.neg()));
            // If the KL has a closed form, only the reconstruction is random.
            bound.Add(ByDraw(terms.NegativeElboPerDraw));
        });
        var estimates = (bound.Estimate(), reconstruction.Mean().cpu().data<double>().ToArray(), weights.Estimate());
        Elapsed = Elapsed with { ImportanceSampling = Elapsed.ImportanceSampling + Stopwatch.GetElapsedTime(started) };
        return estimates;
    }

    /// <summary>The mean of p(x|z,c) by draws from p(z|c).</summary>
    /// <param name="batch">The examples.</param>
    public ExampleEstimates FromPrior(Batch batch)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var started = Stopwatch.GetTimestamp();
        var weights = new ImportanceWeights(samples, batch.Values.shape[0], batch.Values.device);
        ForEachChunk(batch, RandomPurpose.PriorMonteCarlo, (features, target, noise) =>
            weights.Add(ByDraw(model.LogLikelihood(model.Generate(features, noise), batch.Values, target))));
        var estimates = weights.Estimate();
        Elapsed = Elapsed with { PriorMonteCarlo = Elapsed.PriorMonteCarlo + Stopwatch.GetElapsedTime(started) };
        return estimates;
    }

    private void ForEachChunk(Batch batch, RandomPurpose purpose, Action<Tensor?, Tensor?, Noise> use)
    {
        var (features, target) = (batch.Features, batch.Target);
        // Chunks of equal size: a small remainder would use the matrix products poorly.
        var chunks = (samples + Rows - 1) / Rows;
        var size = (samples + chunks - 1) / chunks;
        for (var start = 0; start < samples; start += size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var draws = Math.Min(size, samples - start);
            use(features, target, Noise.Draw(
                model.LatentGroups, new NoiseStream(seed, purpose), batch.Indices.Span, draws, batch.Values, start));
        }
    }

    /// <summary>Values of draws, <c>[draws, examples]</c>, of a single draw as well.</summary>
    private static Tensor ByDraw(Tensor values) => values.dim() == 1 ? values.unsqueeze(0) : values;
}
