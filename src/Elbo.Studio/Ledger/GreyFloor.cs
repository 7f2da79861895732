namespace Elbo.Studio;

/// <summary>
/// The least that the reconstruction term of a Bernoulli likelihood can be on grey values: their entropy, which no decoder can go below,
/// Σ -x log x - (1 - x) log(1 - x).
/// </summary>
internal static class GreyFloor
{
    // Rounding of pixels that are black or white.
    private const double Negligible = 0.005;

    /// <summary>The floor in nats; null for another likelihood, and where all values are 0 or 1.</summary>
    /// <param name="likelihood">The likelihood of the values.</param>
    /// <param name="values">The values as the model sees them.</param>
    /// <param name="target">Ones for values that are scored; null for all.</param>
    public static double? Of(Likelihood likelihood, double[] values, IReadOnlyList<float>? target)
    {
        if (likelihood is not BernoulliLikelihood)
            return null;
        var floor = values.Select((value, index) => target?[index] == 0 ? 0 : Entropy(value)).Sum();
        return floor > Negligible ? floor : null;
    }

    private static double Entropy(double value) =>
        value is <= 0 or >= 1 ? 0 : -value * Math.Log(value) - (1 - value) * Math.Log(1 - value);
}
