namespace Elbo.Benchmarks;

/// <summary>The median and the quartiles of some values.</summary>
internal readonly record struct Spread(double Lower, double Median, double Upper)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new(Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75));
    }

    /// <summary>Returns a quantile of sorted values with linear interpolation.</summary>
    public static double Quantile(double[] sorted, double probability)
    {
        var position = probability * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    public string ToString(string format) => $"{Median.ToString(format)} ({Lower.ToString(format)} to {Upper.ToString(format)})";
}
