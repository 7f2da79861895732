namespace Elbo;

/// <summary>
/// An estimate of -log p(x|c), or of the bound on it, by Monte Carlo: in nats per example, averaged over the examples of a split. Estimates
/// of different kinds, or by different numbers of draws, are different figures: never compare them as if they were one.
/// </summary>
public sealed record LikelihoodEstimate
{
    /// <summary>The estimate, averaged over the examples.</summary>
    public required double Nats { get; init; }

    /// <summary>K: how many draws of z each example got.</summary>
    public required int Samples { get; init; }

    /// <summary>The standard error over examples: how far another split of this size would be from this one.</summary>
    public required double StandardError { get; init; }

    /// <summary>
    /// The standard error over Monte Carlo draws: how far other draws on the same examples would be from these. Null for K = 1, from which it
    /// cannot be told. For the mean of weights it comes from the delta method, and is of no use where few draws carry all the weight.
    /// </summary>
    public required double? MonteCarloStandardError { get; init; }

    /// <summary>
    /// The median over examples of the effective sample size, 1 / Σ w̃_k² of the weights w̃_k that add up to one; null where draws have no
    /// weights. Below about 10 the estimate is biased and its standard error means little.
    /// </summary>
    public required double? MedianEffectiveSampleSize { get; init; }

    /// <summary>Microseconds for each example and draw.</summary>
    public required double Microseconds { get; init; }
}
