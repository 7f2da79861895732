namespace Elbo.Story;

/// <summary>log p(x|z) of images of zeros and ones by a Bernoulli decoder, in nats.</summary>
internal static class LogLikelihood
{
    /// <summary>The logarithm of the probability of each image's pixels at a code.</summary>
    /// <param name="decoder">The decoder.</param>
    /// <param name="z">The code.</param>
    /// <param name="images">Images with pixels 0 or 1.</param>
    public static double[] Of(DenseNetwork decoder, ReadOnlySpan<double> z, IReadOnlyList<double[]> images)
    {
        var logits = decoder.Run(z);
        // log p(x|z) = x . logits - sum log(1 + exp(logits)), and the second term is the same for every image.
        var normalizer = logits.Sum(Softplus);
        return [.. images.Select(image => Dot(image, logits) - normalizer)];
    }

    private static double Softplus(double value) => Math.Max(0, value) + Math.Log(1 + Math.Exp(-Math.Abs(value)));

    private static double Dot(double[] left, double[] right)
    {
        var sum = 0d;
        for (var i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }
}
