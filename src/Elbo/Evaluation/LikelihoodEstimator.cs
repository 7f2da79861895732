using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Draws codes for the examples of a batch, in chunks, and weighs them. The noise of an example depends on the seed, its own number and K
/// alone, so that examples may be put together in any way. Memory grows with K by the weights of the draws alone.
/// </summary>
internal sealed class LikelihoodEstimator(
    LatentVariableModel model, int samples, ulong seed, CancellationToken cancellationToken = default) : IDisposable
{
    /// <summary>Codes that go through the decoder at once: fewer leave libtorch's products idle, more fall out of the caches.</summary>
    public const int MostRows = 1_000;

    // The way back is never gone here: what is wanted is that the same memory serves each chunk.
    private readonly Workspace _workspace = new();
    private readonly ParameterGradients _gradients = new();

    /// <summary>Time spent so far on draws from the posterior and on draws from the prior.</summary>
    public (TimeSpan ImportanceSampling, TimeSpan PriorMonteCarlo) Elapsed { get; private set; }

    /// <summary>How many examples are best taken at once.</summary>
    public int BatchSize => Math.Max(1, Rows / samples);

    private int Rows => model.ExamplesAtOnce(MostRows);

    /// <summary>The bound, its first term alone, and the weighted mean of p(x|z,c), by draws from q(z|x,c).</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="first">The number of the first of them.</param>
    public (ExampleEstimates Bound, double[] Reconstruction, ExampleEstimates Likelihood) FromPosterior(Batch batch, long first)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var started = Stopwatch.GetTimestamp();
        var features = model.Condition?.Features(batch);
        var posterior = model.Encode(batch.Pixels, features);
        var divergence = model.Prior.KullbackLeibler(posterior, features)?.to(float64).sum(-1);
        var (examples, device) = (batch.Pixels.shape[0], batch.Pixels.device);
        var weights = new ImportanceWeights(samples, examples, device);
        var (reconstruction, bound) = (new DrawMoments(examples, device), new DrawMoments(examples, device));
        ForEachChunk(batch, first, RandomPurpose.ImportanceSampling, epsilon =>
        {
            var z = posterior.Sample(epsilon);
            var logDensity = LogDensity(batch, z, features);
            var logWeights = logDensity.Plus(model.Prior.LogDensity(z, features)) - posterior.LogDensityOfSample(epsilon);
            weights.Add(logWeights);
            reconstruction.Add(logDensity.neg());
            // Where the divergence has a closed form only the first term of the bound is left to chance.
            bound.Add(divergence is null ? logWeights.neg() : divergence - logDensity);
        });
        var answer = (bound.Estimate(), reconstruction.Mean().cpu().data<double>().ToArray(), weights.Estimate());
        Elapsed = Elapsed with { ImportanceSampling = Elapsed.ImportanceSampling + Stopwatch.GetElapsedTime(started) };
        return answer;
    }

    /// <summary>The mean of p(x|z,c) by draws from p(z|c).</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="first">The number of the first of them.</param>
    public ExampleEstimates FromPrior(Batch batch, long first)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var started = Stopwatch.GetTimestamp();
        var features = model.Condition?.Features(batch);
        var weights = new ImportanceWeights(samples, batch.Pixels.shape[0], batch.Pixels.device);
        ForEachChunk(batch, first, RandomPurpose.PriorMonteCarlo, epsilon =>
            weights.Add(LogDensity(batch, model.Prior.Sample(epsilon, features), features)));
        var answer = weights.Estimate();
        Elapsed = Elapsed with { PriorMonteCarlo = Elapsed.PriorMonteCarlo + Stopwatch.GetElapsedTime(started) };
        return answer;
    }

    public void Dispose()
    {
        _workspace.Dispose();
        _gradients.Dispose();
    }

    private Tensor LogDensity(Batch batch, Tensor z, Tensor? features)
    {
        var output = model.Decode(z, features, new DerivativeChain(_workspace, _gradients, toInput: false));
        return model.Likelihood.LogDensity(output, batch.Pixels, model.Condition?.Target(batch));
    }

    private void ForEachChunk(Batch batch, long first, RandomPurpose purpose, Action<Tensor> use)
    {
        // Chunks of one size: a small rest would leave the products idle.
        var chunks = (samples + Rows - 1) / Rows;
        var size = (samples + chunks - 1) / chunks;
        for (var start = 0; start < samples; start += size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            use(Noise(batch, first, purpose, start, Math.Min(size, samples - start)));
            _workspace.Reset();
        }
    }

    /// <summary>Noise for some of the draws of each example, <c>[draws, examples, latent]</c>.</summary>
    private Tensor Noise(Batch batch, long first, RandomPurpose purpose, int start, int draws)
    {
        var (type, device) = (batch.Pixels.dtype, batch.Pixels.device);
        var noise = new Tensor[batch.Pixels.shape[0]];
        for (var i = 0; i < noise.Length; i++)
        {
            using var generator = RandomStream.Create(seed, purpose, first + i, start, device);
            noise[i] = randn([draws, model.LatentSize], type, device, generator: generator);
        }

        return stack(noise, 1);
    }
}
