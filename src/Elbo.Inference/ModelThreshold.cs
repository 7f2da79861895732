namespace Elbo.Inference;

/// <summary>The score above which an example counts as an anomaly (<c>elbo calibrate</c>), and how its scores are made.</summary>
/// <param name="Value">The threshold in nats.</param>
/// <param name="FalsePositiveRate">The share of normal examples that is above it, as it was asked for.</param>
/// <param name="Low">The lower end of its 95 % interval in nats; null where there were too few examples for one.</param>
/// <param name="High">The upper end.</param>
/// <param name="Draws">The draws of z over which a score is averaged.</param>
/// <param name="Seed">The seed of these draws.</param>
public sealed record ModelThreshold(double Value, double FalsePositiveRate, double? Low, double? High, int Draws, ulong Seed)
{
    /// <summary>Whether a score is that of an anomaly.</summary>
    /// <param name="score">The score in nats, averaged over <see cref="Draws"/>.</param>
    public bool IsAnomaly(double score) => score > Value;
}
