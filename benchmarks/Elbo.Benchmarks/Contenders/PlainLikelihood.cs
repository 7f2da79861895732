using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Benchmarks;

/// <summary>
/// Importance sampling as a TorchSharp user would write it: decode, binary_cross_entropy_with_logits, the normal log densities, logsumexp.
/// The samples are processed in chunks of the same size as Elbo's, to avoid being limited by memory.
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

    /// <summary>Returns the milliseconds for -log p(x|c) of all examples of some batches.</summary>
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
        var (mean, logVariance) = _module.Encode(batch.Values, condition);
        var logWeights = new List<Tensor>();
        for (var done = 0; done < samples; done += LikelihoodEstimator.PreferredRows)
        {
            using var inner = NewDisposeScope();
            var draws = Math.Min(LikelihoodEstimator.PreferredRows, samples - done);
            logWeights.Add(_module.LogWeights(mean, logVariance, batch.Values, condition, draws).MoveToOuterDisposeScope());
        }

        return (Math.Log(samples) - cat(logWeights, 0).logsumexp(0)).data<float>().ToArray();
    }
}
