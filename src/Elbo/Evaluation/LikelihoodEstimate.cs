namespace Elbo;

/// <summary>
/// An estimate of -log p(x|c), or of the bound on it, by Monte Carlo: in nats per example, averaged over the examples of a split. Estimates
/// of different kinds, or with different numbers of draws, are not comparable.
/// </summary>
public sealed record LikelihoodEstimate
{
    /// <summary>The median effective sample size from which on an estimate is reliable.</summary>
    public const double MinEffectiveSampleSize = 10;

    /// <summary>The estimate, averaged over the examples.</summary>
    public required double Nats { get; init; }

    /// <summary>K: the number of draws of z per example.</summary>
    public required int Samples { get; init; }

    /// <summary>
    /// The standard error over examples: the expected deviation for another split of this size. Not a number for a single example.
    /// </summary>
    public required double StandardError { get; init; }

    /// <summary>
    /// The standard error over Monte Carlo draws: the deviation to expect from other draws on the same examples. Null for K = 1. Half the
    /// width of a 95 % interval for the mean of such estimates, divided by 1.96: for many examples the square root of the variance, for
    /// few of them more, since that variance is uncertain then. The bias of the estimate is not included.
    /// </summary>
    public required double? MonteCarloStandardError { get; init; }

    /// <summary>
    /// The median over examples of the effective sample size, 1 / Σ w̃_k² of the weights w̃_k that add up to one; null where draws have no
    /// weights.
    /// </summary>
    public required double? MedianEffectiveSampleSize { get; init; }

    /// <summary>
    /// Whether the median effective sample size, if there is one, is at least <see cref="MinEffectiveSampleSize"/>. Below it the estimate
    /// is too high, which <see cref="MonteCarloStandardError"/> does not tell, and that error is a rough guide only.
    /// </summary>
    public bool IsReliable => MedianEffectiveSampleSize is not { } effective || effective >= MinEffectiveSampleSize;

    /// <summary>Microseconds for each example and draw.</summary>
    public required double Microseconds { get; init; }

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(LikelihoodEstimate), PrintMembers);
}
