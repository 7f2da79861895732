using System.Globalization;

namespace Elbo.Cli;

/// <summary>How well scores find anomalies: the ROC area where it is known which examples are, and what a threshold finds.</summary>
internal sealed record DetectionReport
{
    /// <summary>The number of examples above the threshold; null without one.</summary>
    public int? Flagged { get; private init; }

    /// <summary>The number of examples that are known to be anomalies; null where that is not known.</summary>
    public int? Anomalies { get; private init; }

    public double? RocAuc { get; private init; }

    public double? RocAucStandardError { get; private init; }

    /// <summary>The share of the anomalies that is above the threshold.</summary>
    public double? DetectionRate { get; private init; }

    /// <summary>The share of the other examples that is above the threshold.</summary>
    public double? RealizedFalsePositiveRate { get; private init; }

    /// <param name="scores">The scores of the examples.</param>
    /// <param name="threshold">The threshold; null for none.</param>
    /// <param name="anomalies">Which examples are anomalies, at least one and not all; null where that is not known.</param>
    /// <exception cref="NotFiniteException">A score is not a number.</exception>
    public static DetectionReport Of(IReadOnlyList<double> scores, AnomalyThreshold? threshold, bool[]? anomalies)
    {
        if (scores.Any(double.IsNaN))
            throw new NotFiniteException("A score is not a number, so neither it nor the others can be compared.");
        if (anomalies is null)
            return new() { Flagged = threshold is null ? null : scores.Count(threshold.IsAnomaly) };
        double[] anomalous = [.. scores.Where((_, index) => anomalies[index])];
        double[] normal = [.. scores.Where((_, index) => !anomalies[index])];
        var area = RocArea.Of(normal, anomalous);
        return new()
        {
            Flagged = threshold is null ? null : scores.Count(threshold.IsAnomaly),
            Anomalies = anomalous.Length,
            RocAuc = area.Value,
            RocAucStandardError = MetricText.Error(area.StandardError),
            DetectionRate = ShareAbove(anomalous, threshold),
            RealizedFalsePositiveRate = ShareAbove(normal, threshold),
        };
    }

    /// <summary>A line for each thing that is known.</summary>
    public IEnumerable<string> Lines(int examples, ThresholdReport? threshold)
    {
        if (threshold is not null)
        {
            yield return $"threshold {MetricText.Nats(threshold.Threshold)} nats at a false-positive rate of "
                + $"{ThresholdReport.RateText(threshold.FalsePositiveRate)} (calibrated on {threshold.SourceText()}): "
                + $"{Flagged} of {examples} examples are above it";
        }

        if (RocAuc is { } area)
        {
            var error = RocAucStandardError is { } known ? $" ± {Four(known)}" : "";
            yield return $"ROC AUC {Four(area)}{error}: {Anomalies} anomalies, {examples - Anomalies} other examples";
        }

        if (DetectionRate is { } found && RealizedFalsePositiveRate is { } rate)
            yield return $"above the threshold: {Percent(found)} of the anomalies, {Percent(rate)} of the others";
    }

    private static double? ShareAbove(double[] scores, AnomalyThreshold? threshold) =>
        threshold is null ? null : scores.Count(threshold.IsAnomaly) / (double)scores.Length;

    private static string Four(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
