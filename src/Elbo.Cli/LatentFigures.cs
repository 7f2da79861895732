using System.Globalization;

namespace Elbo.Cli;

/// <summary>How the codes of a split lie in the prior, and what the objective weighs, under the names that the command line prints them by.</summary>
internal sealed record LatentFigures
{
    /// <summary>The weight on the KL beside the reconstruction; null where there is none, or it is infinite.</summary>
    public required double? EffectiveBeta { get; init; }

    /// <summary>Why it is null.</summary>
    private string? WhyNoEffectiveBeta { get; init; }

    public required double? EffectiveBetaAtUnitSigma { get; init; }

    public required double? EffectiveBetaBesideSquaredError { get; init; }

    public required double? AggregatePosteriorMismatch { get; init; }

    public required IReadOnlyList<double>? AggregatePosteriorMean { get; init; }

    public required IReadOnlyList<double>? AggregatePosteriorVariance { get; init; }

    public required IReadOnlyList<double?>? AggregatePosteriorMismatchByCondition { get; init; }

    public required double? IndexCodeMutualInformation { get; init; }

    public required double? IndexCodeMutualInformationStandardError { get; init; }

    public required double? TotalCorrelation { get; init; }

    public required double? TotalCorrelationStandardError { get; init; }

    public required double? DimensionWiseKl { get; init; }

    public required double? DimensionWiseKlStandardError { get; init; }

    public required int? KlDecompositionDraws { get; init; }

    public static LatentFigures Of(LatentVariableModel model, ObjectiveOptions objective, TensorDataset data, ulong seed)
    {
        var beta = Elbo.EffectiveBeta.Of(
            new WeightedObjective(objective, () => ModelTerms.Probe(model)),
            (model.Likelihood as GaussianLikelihood)?.FixedSigma);
        using var coordinates = PosteriorCoordinates.Of(model, data);
        var aggregate = coordinates is null ? null : AggregatePosterior.Of(coordinates);
        var parts = coordinates is null ? null : KlDecomposition.Of(coordinates, seed);
        var byGroup = coordinates?.Groups is null || model.Condition?.GroupCount is not { } groups
            ? null
            : AggregatePosterior.ByGroup(coordinates, groups);
        return new LatentFigures
        {
            EffectiveBeta = beta?.Beta,
            WhyNoEffectiveBeta = beta is not null ? null : Why(objective),
            EffectiveBetaAtUnitSigma = beta?.AtUnitSigma,
            EffectiveBetaBesideSquaredError = beta?.BesideSquaredError,
            AggregatePosteriorMismatch = aggregate?.Mismatch,
            AggregatePosteriorMean = aggregate?.Mean,
            AggregatePosteriorVariance = aggregate?.Variance,
            AggregatePosteriorMismatchByCondition = byGroup is null ? null : [.. byGroup.Select(group => group?.Mismatch)],
            IndexCodeMutualInformation = parts?.MutualInformation.Nats,
            IndexCodeMutualInformationStandardError = parts?.MutualInformation.StandardError,
            TotalCorrelation = parts?.TotalCorrelation.Nats,
            TotalCorrelationStandardError = parts?.TotalCorrelation.StandardError,
            DimensionWiseKl = parts?.DimensionWise.Nats,
            DimensionWiseKlStandardError = parts?.DimensionWise.StandardError,
            KlDecompositionDraws = parts?.Draws,
        };
    }

    /// <param name="lines">Where the figures go.</param>
    /// <param name="examples">How many examples they are over: more than the logarithm of that nobody can tell of them.</param>
    /// <param name="klIsMonteCarlo">Whether the prior is none that the KL could be taken apart under.</param>
    public void AddTo(TextTable lines, int examples, bool klIsMonteCarlo)
    {
        if (EffectiveBeta is { } beta)
        {
            var gaussian = EffectiveBetaAtUnitSigma is { } unit
                ? $" ({Number(unit)} at sigma = 1; {Number(EffectiveBetaBesideSquaredError!.Value)} beside the sum of squared errors)"
                : "";
            lines.Add("effective beta", $"{Number(beta)} on the KL beside the reconstruction in nats{gaussian}");
        }
        else
        {
            lines.Add("effective beta", WhyNoEffectiveBeta!);
        }

        if (AggregatePosteriorMismatch is not { } mismatch)
        {
            if (klIsMonteCarlo)
                lines.Add("KL taken apart", "not under this prior: it has no coordinates in which it is N(0, I)");
            return;
        }

        lines.Add("KL taken apart", $"by {KlDecompositionDraws} draws, with standard errors");
        lines.Add(
            "  index-code information",
            $"{WithError(IndexCodeMutualInformation!.Value, IndexCodeMutualInformationStandardError!.Value)}, of at most {EpochLine.Nats(Math.Log(examples))}");
        lines.Add("  total correlation", WithError(TotalCorrelation!.Value, TotalCorrelationStandardError!.Value));
        lines.Add("  dimension-wise KL", WithError(DimensionWiseKl!.Value, DimensionWiseKlStandardError!.Value));
        lines.Add("aggregate-posterior mismatch", $"{EpochLine.Nats(mismatch)} nats, in the prior's own coordinates");
        if (AggregatePosteriorMismatchByCondition is { } byCondition)
            lines.Add("  by condition", string.Join(' ', byCondition.Select(each => each is { } nats ? EpochLine.Nats(nats) : "none")));
        lines.Add("  mean per dimension", string.Join(' ', AggregatePosteriorMean!.Select(EpochLine.Nats)));
        lines.Add("  variance per dimension", string.Join(' ', AggregatePosteriorVariance!.Select(EpochLine.Nats)));
    }

    private static string Why(ObjectiveOptions objective) =>
        objective.FreeBits > 0 ? "none: with free bits what was minimised is no weighted sum of the two terms"
        : objective.Kind == "elbo" && objective.ReconstructionWeight.Final == 0 ? "infinite: the KL alone was minimised"
        : "none: what was minimised is no weighted sum of the two terms";

    private static string WithError(double nats, double error) => $"{EpochLine.Nats(nats)} nats ({EpochLine.Nats(error)})";

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
