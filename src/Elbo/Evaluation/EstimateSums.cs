namespace Elbo;

/// <summary>Collects the estimates of all examples of a split.</summary>
internal sealed class EstimateSums
{
    private List<double> _nats = [];
    private List<double> _variances = [];
    private List<double> _freedom = [];
    private List<double> _effective = [];

    public void Add(ExampleEstimates batch)
    {
        _nats.AddRange(batch.Nats);
        _variances.AddRange(batch.Variance);
        _freedom.AddRange(batch.DegreesOfFreedom);
        _effective.AddRange(batch.EffectiveSampleSize ?? []);
    }

    /// <summary>Joins what several processes have collected, each of consecutive examples, in the order of the examples.</summary>
    public void Join(IProcessGroup processes)
    {
        _nats = ProcessLists.Join(_nats, processes);
        _variances = ProcessLists.Join(_variances, processes);
        _freedom = ProcessLists.Join(_freedom, processes);
        _effective = ProcessLists.Join(_effective, processes);
    }

    public LikelihoodEstimate Read(int samples, TimeSpan elapsed)
    {
        var count = _nats.Count;
        var mean = _nats.Average();
        var spread = _nats.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, count - 1);
        var estimate = new LikelihoodEstimate
        {
            Nats = mean,
            Samples = samples,
            StandardError = count > 1 ? Math.Sqrt(spread / count) : double.NaN,
            MonteCarloStandardError = samples == 1 ? null : MonteCarloStandardError(),
            MedianEffectiveSampleSize = _effective.Count == 0 ? null : Median(_effective),
            Microseconds = elapsed.TotalMicroseconds / ((double)count * samples),
        };
        return double.IsFinite(estimate.Nats) && double.IsFinite(estimate.MonteCarloStandardError ?? 0)
            ? estimate
            : throw new NotFiniteException("An estimate of the likelihood is not finite: the weights of the model are invalid.");
    }

    /// <summary>
    /// The draws of one example are independent of those of another: variances add up. Their sum has (Σ_i v_i)² / Σ_i v_i² / f_i degrees of
    /// freedom (Welch 1947).
    /// </summary>
    private double MonteCarloStandardError()
    {
        var variance = _variances.Sum();
        if (variance == 0)
            return 0;
        var freedom = variance * variance / _variances.Zip(_freedom, (each, its) => each * each / its).Sum();
        return Math.Sqrt(variance) / _nats.Count * StudentT.Quantile975(freedom) / StudentT.Quantile975(double.PositiveInfinity);
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
