using static TorchSharp.torch;

namespace Elbo;

/// <summary>An estimate in nats for each example of a batch.</summary>
/// <param name="Nats">The estimate: -log p(x|c), or the bound on it.</param>
/// <param name="Variance">An estimate of its variance over repetitions with other draws; not a number for one draw only.</param>
/// <param name="DegreesOfFreedom">
/// How far that variance is to be trusted: (Nats - its mean over repetitions) / √Variance is about Student's t with so many.
/// </param>
/// <param name="EffectiveSampleSize">The effective sample size of its draws, 1 / Σ_k w̃_k², where they have weights.</param>
internal sealed record ExampleEstimates(double[] Nats, double[] Variance, double[] DegreesOfFreedom, double[]? EffectiveSampleSize)
{
    /// <summary>The same from tensors with a number for each example.</summary>
    public static ExampleEstimates Of(Tensor nats, Tensor variance, Tensor degreesOfFreedom, Tensor? effectiveSampleSize) =>
        new(ToArray(nats), ToArray(variance), ToArray(degreesOfFreedom), effectiveSampleSize is null ? null : ToArray(effectiveSampleSize));

    private static double[] ToArray(Tensor values) => values.cpu().data<double>().ToArray();
}
