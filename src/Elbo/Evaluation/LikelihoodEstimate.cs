namespace Elbo;

/// <summary>
/// An estimate of -log p(x|c), or of the bound on it, by Monte Carlo: in nats per example, averaged over the examples of a split. Estimates
/// of different kinds, or with different numbers of draws, are not comparable.
/// </summary>
public sealed record LikelihoodEstimate
{
    /// <summary>The estimate, averaged over the examples.</summary>
    public required double Nats { get; init; }

    /// <summary>K: the number of draws of z per example.</summary>
    public required int Samples { get; init; }

    /// <summary>The standard error over examples: the expected deviation for another split of this size.</summary>
    public required double StandardError { get; init; }

    /// <summary>
    /// The standard error over Monte Carlo draws: the expected deviation for other draws on the same examples. Null for K = 1. For the
    /// mean of weights it is computed by the delta method, and is unreliable if few draws have most of the weight.
    /// </summary>
    public required double? MonteCarloStandardError { get; init; }

    /// <summary>
    /// The median over examples of the effective sample size, 1 / Σ w̃_k² of the weights w̃_k that add up to one; null for draws
    /// without weights. Below about 10 the estimate is biased and its standard error unreliable.
    /// </summary>
    public required double? MedianEffectiveSampleSize { get; init; }

    /// <summary>Microseconds for each example and draw.</summary>
    public required double Microseconds { get; init; }
}
