using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Benchmarks;

/// <summary>
/// Importance sampling as a TorchSharp user writes it down: decode, binary_cross_entropy_with_logits, the formulas of the normal densities,
/// logsumexp. The draws are taken in chunks as large as Elbo's, or it would wait for memory.
/// </summary>
internal sealed class PlainLikelihood : IDisposable
{
    private readonly PlainPerceptron _module;
    private readonly int _labels;

    public PlainLikelihood(TrainingModel model, int pixels)
    {
        _module = new PlainPerceptron(model, pixels);
        _labels = model.Labels;
    }

    /// <summary>Milliseconds of -log p(x|c) of all examples of some batches.</summary>
    public double Time(IReadOnlyList<Batch> batches, int samples)
    {
        using var _ = no_grad();
        var started = Stopwatch.GetTimestamp();
        foreach (var batch in batches)
            NegativeLogLikelihood(batch, samples);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    public void Dispose() => _module.Dispose();

    private float[] NegativeLogLikelihood(Batch batch, int samples)
    {
        using var scope = NewDisposeScope();
        var condition = _labels == 0 ? null : nn.functional.one_hot(batch.Labels!, _labels).to(float32);
        var (mean, logVariance) = _module.Encode(batch.Pixels, condition);
        var logWeights = new List<Tensor>();
        for (var done = 0; done < samples; done += LikelihoodEstimator.PreferredRows)
        {
            using var inner = NewDisposeScope();
            var draws = Math.Min(LikelihoodEstimator.PreferredRows, samples - done);
            logWeights.Add(_module.LogWeights(mean, logVariance, batch.Pixels, condition, draws).MoveToOuterDisposeScope());
        }

        return (Math.Log(samples) - cat(logWeights, 0).logsumexp(0)).data<float>().ToArray();
    }
}
