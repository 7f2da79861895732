using static TorchSharp.torch;

namespace Elbo;

/// <summary>The terms of the bound over a split, in nats per example and without weights.</summary>
public sealed record SplitTerms
{
    /// <summary>The number of examples.</summary>
    public required int Examples { get; init; }

    /// <summary>-E_q[log p(x|z,c)], summed over pixels.</summary>
    public required double Reconstruction { get; init; }

    /// <summary>The KL term of each latent group; empty for a model without that term.</summary>
    public required IReadOnlyList<KlFigure> KlTerms { get; init; }

    /// <summary>KL(q(z|x,c) || p(z|c)), summed over all latent dimensions; null for a model without that term.</summary>
    public double? Kl => KlTerms.Count == 0 ? null : KlTerms.Sum(term => term.Nats);

    /// <summary>Whether any part of <see cref="Kl"/> is a Monte Carlo estimate.</summary>
    public bool KlIsMonteCarlo => KlTerms.Any(term => term.IsMonteCarlo);

    /// <summary>-ELBO = reconstruction + KL; null for a model without a KL term.</summary>
    public double? NegativeElbo => Reconstruction + Kl;

    /// <summary>The KL of each latent dimension; null for a model without that term, and where it is a Monte Carlo estimate.</summary>
    public IReadOnlyList<double>? KlPerDimension =>
        KlTerms.Count == 0 || KlTerms.Any(term => term.PerDimension is null) ? null : [.. KlTerms.SelectMany(term => term.PerDimension!)];

    /// <summary>
    /// The number of active latent dimensions: those in which the variance over the data of (mu_q - mu_p(c)) / sigma_p(c) is above 0.01
    /// (the rule of Burda, Grosse and Salakhutdinov 2016, in the prior's own coordinates). For a prior that is a mixture mu_p and sigma_p
    /// are those of the mixture.
    /// </summary>
    public required int ActiveUnits { get; init; }

    /// <summary>The latent dimensions that are not active by that rule, counted from 1 as in metrics.csv.</summary>
    public IReadOnlyList<int> InactiveDimensions { get; init; } = [];

    /// <summary>
    /// The standard error over examples of <see cref="NegativeElbo"/>, or of the reconstruction where there is no KL term; not a number for
    /// a single example, which has no spread.
    /// </summary>
    public required double StandardError { get; init; }

    /// <summary>The objective's auxiliary term, without a weight; null if it has none or was not evaluated.</summary>
    public double? Auxiliary { get; init; }

    /// <summary>The number of examples in the batches over which an auxiliary term that depends on it was estimated; else null.</summary>
    public int? AuxiliaryBatchSize { get; init; }

    /// <summary>Whether every value is finite.</summary>
    public bool IsFinite => double.IsFinite(Reconstruction) && double.IsFinite(Kl ?? 0) && double.IsFinite(Auxiliary ?? 0);

    /// <summary>The loss of the split: the objective as a function of the terms' means.</summary>
    internal double Loss(WeightedObjective objective, TermWeights weights)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var kl = KlTerms.Select(term =>
            new KlTerm(term.Group, tensor(term.PerDimension?.ToArray() ?? [term.Nats], float64), term.IsMonteCarlo)
            {
                HasParts = term.PerDimension is not null,
            });
        var terms = new MeanTerms(tensor(Reconstruction, float64), [.. kl], tensor(Auxiliary ?? 0, float64));
        return objective.Loss(terms, weights).item<double>();
    }

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(SplitTerms), PrintMembers);
}
