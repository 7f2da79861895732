using static TorchSharp.torch;

namespace Elbo;

/// <summary>An estimate in nats for each example of a batch.</summary>
/// <param name="Nats">The estimate: -log p(x|c), or the bound on it.</param>
/// <param name="Variance">Its variance over repetitions with other draws; not a number where there was one draw only.</param>
/// <param name="EffectiveSampleSize">The effective sample size of its draws, where they have weights.</param>
internal sealed record ExampleEstimates(double[] Nats, double[] Variance, double[]? EffectiveSampleSize)
{
    /// <summary>-log of a mean of weights.</summary>
    public static ExampleEstimates Of(WeightSums weights) =>
        new(ToArray(weights.LogMean().neg_()), ToArray(weights.Variance()), ToArray(weights.EffectiveSampleSize()));

    private static double[] ToArray(Tensor values) => values.cpu().data<double>().ToArray();
}
