namespace Elbo.Cli;

/// <summary>The terms of a split under the names that the command line prints them by, in nats per example and without weights.</summary>
internal sealed record TermsReport
{
    public required string Split { get; init; }

    public required int Examples { get; init; }

    /// <summary>How many numbers are learned.</summary>
    public required long Parameters { get; init; }

    public required double? NegativeElbo { get; init; }

    public required double? NegativeElboStandardError { get; init; }

    public required double Reconstruction { get; init; }

    /// <summary>Of a model without a KL term, which has no bound; else null.</summary>
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
    /// -ELBO in bits for each value that is scored; null where the likelihood is no mass over levels, or there is no bound.
    /// </summary>
    public double? BitsPerDimension => NegativeElbo / NatsPerBitOfImage;

    /// <summary>One bit for each value that is scored, in nats; null where the likelihood is no mass over levels.</summary>
    private double? NatsPerBitOfImage { get; init; }

    public static TermsReport Of(string split, SplitTerms terms, LatentVariableModel model) => new()
    {
        Split = split,
        Examples = terms.Examples,
        Parameters = model.parameters().Sum(parameter => parameter.numel()),
        NegativeElbo = terms.NegativeElbo,
        NegativeElboStandardError = terms.NegativeElbo is null ? null : terms.StandardError,
        Reconstruction = terms.Reconstruction,
        ReconstructionStandardError = terms.NegativeElbo is null ? terms.StandardError : null,
        Kl = terms.Kl,
        KlIsMonteCarlo = terms.KlIsMonteCarlo,
        KlPerDimension = terms.KlPerDimension,
        ActiveUnits = terms.ActiveUnits,
        Auxiliary = terms.Auxiliary,
        AuxiliaryBatchSize = terms.AuxiliaryBatchSize,
        NatsPerBitOfImage = model.Likelihood.Levels is null
            ? null
            : (model.Condition?.TargetCount(model.Shape) ?? model.Shape.Pixels) * Math.Log(2),
    };

    /// <summary>The same split with its terms estimated by more draws.</summary>
    public TermsReport With(LikelihoodReport estimates) => this with
    {
        NegativeElbo = estimates.NegativeElbo.Nats,
        NegativeElboStandardError = estimates.NegativeElbo.StandardError,
        Reconstruction = estimates.Reconstruction,
        Kl = Kl is null ? null : estimates.NegativeElbo.Nats - estimates.Reconstruction,
    };
}
