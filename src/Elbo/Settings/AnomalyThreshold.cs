using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>
/// The score above which an example counts as an anomaly, so that a given share of normal examples does: an order statistic of the scores
/// of n normal examples that the model was not trained on, as in split-conformal prediction (Vovk, Gammerman and Shafer 2005). It is made
/// by <see cref="AnomalyCalibration"/>. Scores are in nats per example, high for anomalies.
/// </summary>
public sealed record AnomalyThreshold
{
    /// <summary>The coverage of the intervals.</summary>
    public const double Confidence = 0.95;

    /// <summary>
    /// The rate α that was asked for: a normal example that is exchangeable with those of the calibration is above the threshold with a
    /// probability of at most α.
    /// </summary>
    public required double FalsePositiveRate { get; init; }

    /// <summary>The threshold in nats: the k-th smallest score, k = ⌈(n + 1)(1 - α)⌉. Only scores above it are anomalies.</summary>
    public required double Value { get; init; }

    /// <summary>
    /// The lower end of an interval in nats that holds the (1 - α)-quantile of all normal scores with a probability of at least 95 %,
    /// whatever their distribution: an order statistic too. Null where there are too few scores for one.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Low { get; init; }

    /// <summary>The upper end; null where there are too few scores for one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? High { get; init; }

    /// <summary>
    /// The lower end of the 95 % interval of the share of all normal examples that is above this threshold, which differs from one
    /// calibration to another as Beta(n + 1 - k, k).
    /// </summary>
    public required double RateLow { get; init; }

    /// <summary>The upper end.</summary>
    public required double RateHigh { get; init; }

    /// <summary>The number n of scores.</summary>
    public required int Count { get; init; }

    /// <summary>Whether a score, in nats, is that of an anomaly.</summary>
    /// <param name="score">The score, of the same model with the same number of draws.</param>
    public bool IsAnomaly(double score) => score > Value;

    /// <summary>Whether the values are those of a threshold.</summary>
    internal bool IsValid => FalsePositiveRate is > 0 and < 1 && Count > 0
        && !(Low > Value) && !(High < Value)
        && RateLow is >= 0 and <= 1 && RateHigh is >= 0 and <= 1 && RateLow <= RateHigh;

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(AnomalyThreshold), PrintMembers);
}
