namespace Elbo;

/// <summary>A mean over independent draws.</summary>
/// <param name="Nats">The mean.</param>
/// <param name="StandardError">Its standard error; not a number for a single draw, which has no spread.</param>
public readonly record struct MeanEstimate(double Nats, double StandardError)
{
    internal static MeanEstimate Of(IReadOnlyCollection<double> draws)
    {
        var mean = draws.Average();
        if (draws.Count == 1)
            return new MeanEstimate(mean, double.NaN);
        var variance = draws.Sum(value => (value - mean) * (value - mean)) / (draws.Count - 1);
        return new MeanEstimate(mean, Math.Sqrt(variance / draws.Count));
    }

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(MeanEstimate), PrintMembers);
}
