using System.Globalization;

namespace Elbo.Cli;

/// <summary>
/// How the aggregate posterior of a split compares with the prior, and the effective beta of the objective; the property names are the
/// JSON names of the command line.
/// </summary>
internal sealed record LatentMetrics
{
    /// <summary>The weight of the KL relative to the reconstruction; null if it is undefined or infinite.</summary>
    public required double? EffectiveBeta { get; init; }

    /// <summary>Why <see cref="EffectiveBeta"/> is null.</summary>
    private string? NoEffectiveBetaReason { get; init; }

    public required double? EffectiveBetaAtUnitSigma { get; init; }

    public required double? EffectiveBetaBesideSquaredError { get; init; }

    public required double? AggregatePosteriorMismatch { get; init; }

    public required IReadOnlyList<double>? AggregatePosteriorMean { get; init; }

    public required IReadOnlyList<double>? AggregatePosteriorVariance { get; init; }

    public required IReadOnlyList<double?>? AggregatePosteriorMismatchByCondition { get; init; }

    /// <summary>The label of each of these conditions; null where they are no labels.</summary>
    public required IReadOnlyList<int>? ConditionLabels { get; init; }

    /// <summary>Their names; null where they have none.</summary>
    public required IReadOnlyList<string>? ConditionLabelNames { get; init; }

    public required double? IndexCodeMutualInformation { get; init; }

    public required double? IndexCodeMutualInformationStandardError { get; init; }

    public required double? TotalCorrelation { get; init; }

    public required double? TotalCorrelationStandardError { get; init; }

    public required double? DimensionWiseKl { get; init; }

    public required double? DimensionWiseKlStandardError { get; init; }

    public required int? KlDecompositionDraws { get; init; }

    public static LatentMetrics Of(LatentVariableModel model, ObjectiveOptions objective, ExampleSet data, ulong seed, RunLabels names)
    {
        var beta = Elbo.EffectiveBeta.Of(objective, model);
        using var coordinates = PosteriorCoordinates.Of(model, data, seed);
        var aggregate = coordinates is null ? null : AggregatePosterior.Of(coordinates);
        var parts = coordinates is null ? null : KlDecomposition.Of(coordinates, seed);
        var byGroup = coordinates?.Groups is null || model.Condition?.GroupCount is not { } groups
            ? null
            : AggregatePosterior.ByGroup(coordinates, groups);
        return new LatentMetrics
        {
            EffectiveBeta = beta?.Beta,
            NoEffectiveBetaReason = beta is not null ? null : ReasonFor(objective),
            EffectiveBetaAtUnitSigma = beta?.AtUnitSigma,
            EffectiveBetaBesideSquaredError = beta?.BesideSquaredError,
            AggregatePosteriorMismatch = aggregate?.Mismatch,
            AggregatePosteriorMean = aggregate?.Mean,
            AggregatePosteriorVariance = aggregate?.Variance,
            AggregatePosteriorMismatchByCondition = byGroup is null ? null : [.. byGroup.Select(group => group?.Mismatch)],
            ConditionLabels = byGroup is null ? null : (model.Condition as LabelCondition)?.Labels,
            ConditionLabelNames = byGroup is not null && model.Condition is LabelCondition { Labels: var labels } && names.Any
                ? [.. labels.Select(names.TextOf)]
                : null,
            IndexCodeMutualInformation = parts?.MutualInformation.Nats,
            IndexCodeMutualInformationStandardError = ErrorOf(parts?.MutualInformation),
            TotalCorrelation = parts?.TotalCorrelation.Nats,
            TotalCorrelationStandardError = ErrorOf(parts?.TotalCorrelation),
            DimensionWiseKl = parts?.DimensionWise.Nats,
            DimensionWiseKlStandardError = ErrorOf(parts?.DimensionWise),
            KlDecompositionDraws = parts?.Draws,
        };
    }

    /// <param name="lines">The table to add the metrics to.</param>
    /// <param name="examples">The number of examples, whose logarithm bounds the index-code mutual information.</param>
    /// <param name="klIsMonteCarlo">Whether the KL is a Monte Carlo estimate, in which case it cannot be decomposed.</param>
    /// <param name="dimensions">How figures of all dimensions are shown.</param>
    public void AddTo(TextTable lines, int examples, bool klIsMonteCarlo, DimensionText dimensions)
    {
        if (EffectiveBeta is { } beta)
        {
            var gaussian = EffectiveBetaAtUnitSigma is { } unit
                ? $" ({Number(unit)} at sigma = 1; {Number(EffectiveBetaBesideSquaredError!.Value)} relative to the sum of squared errors)"
                : "";
            lines.Add("effective beta", $"{Number(beta)} on the KL relative to the reconstruction in nats{gaussian}");
        }
        else
        {
            lines.Add("effective beta", NoEffectiveBetaReason!);
        }

        if (AggregatePosteriorMismatch is not { } mismatch)
        {
            if (klIsMonteCarlo)
                lines.Add("KL decomposition", "not available for this prior: no change of coordinates makes it N(0, I)");
            return;
        }

        lines.Add("KL decomposition", $"from {KlDecompositionDraws} draws" + (KlDecompositionDraws > 1 ? ", with standard errors" : ""));
        lines.Add(
            "  index-code mutual information",
            $"{WithError(IndexCodeMutualInformation!.Value, IndexCodeMutualInformationStandardError)}, at most "
                + MetricText.Nats(Math.Log(examples)));
        lines.Add("  total correlation", WithError(TotalCorrelation!.Value, TotalCorrelationStandardError));
        lines.Add("  dimension-wise KL", WithError(DimensionWiseKl!.Value, DimensionWiseKlStandardError));
        lines.Add("aggregate-posterior mismatch", $"{MetricText.Nats(mismatch)} nats, in the coordinates in which the prior is N(0, I)");
        if (AggregatePosteriorMismatchByCondition is { } byCondition)
            lines.Add("  by condition", ByCondition(byCondition));
        lines.Add("  mean per dimension", dimensions.Of(AggregatePosteriorMean!));
        lines.Add("  variance per dimension", dimensions.Of(AggregatePosteriorVariance!));
    }

    // Labels from 0 on tell which number is whose by their order.
    private string ByCondition(IReadOnlyList<double?> mismatch)
    {
        var numbers = mismatch.Select(each => each is { } nats ? MetricText.Nats(nats) : "none");
        var isByOrder = ConditionLabelNames is null && (ConditionLabels is null || ConditionLabels[^1] == ConditionLabels.Count - 1);
        return isByOrder ? string.Join(' ', numbers) : string.Join(", ", numbers.Select((number, i) => $"{TextOf(i)} {number}"));

        string TextOf(int i) => ConditionLabelNames?[i] ?? $"{ConditionLabels![i]}";
    }

    private static string ReasonFor(ObjectiveOptions objective) =>
        objective.FreeBits > 0 ? "none: with free bits the objective is not a weighted sum of the two terms"
        : objective.Kind == "elbo" && objective.ReconstructionWeight.Final == 0 ? "infinite: the objective was the KL alone"
        : "none: the objective is not a weighted sum of the two terms";

    private static double? ErrorOf(MeanEstimate? estimate) => estimate is { } known ? MetricText.Error(known.StandardError) : null;

    private static string WithError(double nats, double? error) => $"{MetricText.Nats(nats)} nats{MetricText.ErrorSuffix(error, "")}";

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
