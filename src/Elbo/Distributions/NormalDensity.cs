using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The density of the normal distribution, value by value: log N(x; m, s²) = -½ [ log 2π + log s² + u² ] with u = (x - m) / s.
/// </summary>
internal static class NormalDensity
{
    public static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    /// <summary>The log density from standardised values.</summary>
    /// <param name="standardized">u.</param>
    /// <param name="logVariance">log s², in a shape that broadcasts; null for s = 1.</param>
    /// <returns>Log densities in nats, one per value.</returns>
    public static Tensor Log(Tensor standardized, Tensor? logVariance)
    {
        var squared = standardized.Squared().Plus(LogTwoPi);
        return (logVariance is null ? squared : squared.Plus(logVariance)) * Number(-0.5);
    }

    /// <summary>The same in a computation graph.</summary>
    public static GraphValue Log(GraphValue standardized, GraphValue logVariance) =>
        (standardized.Squared() + LogTwoPi + logVariance) * -0.5;

    /// <summary>The same with one variance for all values.</summary>
    public static Tensor Log(Tensor standardized, double logVariance) =>
        standardized.Squared().Plus(LogTwoPi + logVariance) * Number(-0.5);
}
