namespace Elbo;

/// <summary>The terms of the bound over a split, in nats per example and without weights.</summary>
public sealed record SplitTerms
{
    /// <summary>How many examples were averaged over.</summary>
    public required int Examples { get; init; }

    /// <summary>-E_q[log p(x|z,c)], summed over pixels.</summary>
    public required double Reconstruction { get; init; }

    /// <summary>KL(q(z|x,c) || p(z|c)), summed over latent dimensions; null for a model without that term.</summary>
    public double? Kl => KlPerDimension?.Sum() ?? MonteCarloKl;

    /// <summary>
    /// The same as an estimate from the draws of z, the mean of log q(z|x,c) - log p(z|c); null where the KL has a closed form, or the model has
    /// none.
    /// </summary>
    public double? MonteCarloKl { get; init; }

    /// <summary>Whether <see cref="Kl"/> is an estimate by Monte Carlo.</summary>
    public bool KlIsMonteCarlo => MonteCarloKl is not null;

    /// <summary>-ELBO = reconstruction + KL; null for a model without a KL term.</summary>
    public double? NegativeElbo => Reconstruction + Kl;

    /// <summary>The KL of each latent dimension; null for a model without that term, and where it is an estimate by Monte Carlo.</summary>
    public required IReadOnlyList<double>? KlPerDimension { get; init; }

    /// <summary>
    /// The number of latent dimensions that carry something: those in which the variance over the data of (mu_q - mu_p(c)) / sigma_p(c) is
    /// above 0.01 (the rule of Burda, Grosse and Salakhutdinov 2016, in the prior's own coordinates). For a prior that is a mixture mu_p and sigma_p
    /// are the mean and the standard deviation of all of it.
    /// </summary>
    public required int ActiveUnits { get; init; }

    /// <summary>The latent dimensions that carry nothing by that rule, counted from 1 as in metrics.csv.</summary>
    public IReadOnlyList<int> InactiveDimensions { get; init; } = [];

    /// <summary>The standard error over examples of <see cref="NegativeElbo"/>, or of the reconstruction where there is no KL term.</summary>
    public required double StandardError { get; init; }

    /// <summary>What the objective contains beside the two terms, without weights; 0 where that is nothing or was not asked for.</summary>
    internal double OwnTerm { get; init; }

    /// <summary>The parts of the KL that there are: those of the dimensions, or the whole.</summary>
    internal IReadOnlyList<double>? KlParts => KlPerDimension ?? (MonteCarloKl is { } kl ? [kl] : null);

    /// <summary>Whether every figure is a number.</summary>
    internal bool IsFinite => double.IsFinite(Reconstruction) && double.IsFinite(Kl ?? 0) && double.IsFinite(OwnTerm);
}
