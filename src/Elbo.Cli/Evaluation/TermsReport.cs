namespace Elbo.Cli;

/// <summary>
/// The unweighted terms of a split in nats per example; the property names are the JSON names of the command line.
/// </summary>
internal sealed record TermsReport
{
    public required string Split { get; init; }

    public required int Examples { get; init; }

    /// <summary>The number of learned parameters.</summary>
    public required long Parameters { get; init; }

    public required double? NegativeElbo { get; init; }

    public required double? NegativeElboStandardError { get; init; }

    public required double Reconstruction { get; init; }

    /// <summary>For a model without a KL term, which has no bound; otherwise null.</summary>
    public required double? ReconstructionStandardError { get; init; }

    public required double? Kl { get; init; }

    public required bool KlIsMonteCarlo { get; init; }

    public required IReadOnlyList<double>? KlPerDimension { get; init; }

    public required int ActiveUnits { get; init; }

    /// <summary>The auxiliary term of the objective, without a weight; null where it has none.</summary>
    public required double? Auxiliary { get; init; }

    /// <summary>The size of the batches over which it was estimated, where it depends on that; else null.</summary>
    public required int? AuxiliaryBatchSize { get; init; }

    /// <summary>
    /// -ELBO in bits per scored value; null if the likelihood is not a probability mass over grey levels, or the model has no bound.
    /// </summary>
    public double? BitsPerDimension => NegativeElbo / NatsPerBitOfImage;

    /// <summary>One bit per scored value of an image, in nats; null if the likelihood is not a probability mass over grey levels.</summary>
    private double? NatsPerBitOfImage { get; init; }

    public static TermsReport Of(string split, SplitTerms terms, LatentVariableModel model) => new()
    {
        Split = split,
        Examples = terms.Examples,
        Parameters = model.parameters().Sum(parameter => parameter.numel()),
        NegativeElbo = terms.NegativeElbo,
        NegativeElboStandardError = terms.NegativeElbo is null ? null : MetricText.Error(terms.StandardError),
        Reconstruction = terms.Reconstruction,
        ReconstructionStandardError = terms.NegativeElbo is null ? MetricText.Error(terms.StandardError) : null,
        Kl = terms.Kl,
        KlIsMonteCarlo = terms.KlIsMonteCarlo,
        KlPerDimension = terms.KlPerDimension,
        ActiveUnits = terms.ActiveUnits,
        Auxiliary = terms.Auxiliary,
        AuxiliaryBatchSize = terms.AuxiliaryBatchSize,
        NatsPerBitOfImage = model.Likelihood.Levels is null
            ? null
            : (model.Condition?.TargetCount(model.Shape) ?? model.Shape.Size) * Math.Log(2),
    };

    /// <summary>Returns the report with the terms replaced by estimates from more draws.</summary>
    public TermsReport With(LikelihoodReport estimates) => this with
    {
        NegativeElbo = estimates.NegativeElbo.Nats,
        NegativeElboStandardError = MetricText.Error(estimates.NegativeElbo.StandardError),
        Reconstruction = estimates.Reconstruction,
        Kl = Kl is null ? null : estimates.NegativeElbo.Nats - estimates.Reconstruction,
    };
}
