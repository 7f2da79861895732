namespace Elbo;

/// <summary>A mean over independent draws.</summary>
/// <param name="Nats">The mean.</param>
/// <param name="StandardError">Its standard error.</param>
public readonly record struct MeanEstimate(double Nats, double StandardError)
{
    internal static MeanEstimate Of(IReadOnlyCollection<double> draws)
    {
        var mean = draws.Average();
        var variance = draws.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, draws.Count - 1);
        return new MeanEstimate(mean, Math.Sqrt(variance / draws.Count));
    }

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(MeanEstimate), PrintMembers);
}
