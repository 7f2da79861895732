namespace Elbo.Story.Tests;

/// <summary>A quantity and its standard error.</summary>
internal readonly record struct Estimate(double Value, double Error)
{
    /// <summary>The mean of independent values.</summary>
    public static Estimate Mean(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return new(mean, Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Count / (values.Count - 1)));
    }

    /// <summary>The share of independent draws; where none or all count, the error is that of one in as many.</summary>
    public static Estimate Share(IReadOnlyCollection<bool> values)
    {
        double count = values.Count, share = values.Count(each => each) / count;
        return new(share, Math.Sqrt(Math.Max(share * (1 - share), 1 / count) / count));
    }

    /// <summary>The standard deviation of nearly normal values.</summary>
    public static Estimate Deviation(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return new(deviation, deviation / Math.Sqrt(2.0 * values.Count));
    }

    public static Estimate Exactly(double value) => new(value, 0);

    public Estimate Times(double factor) => new(factor * Value, Math.Abs(factor) * Error);

    public override string ToString() => $"{Value:0.####} ± {Error:0.####}";
}
