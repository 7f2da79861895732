namespace Elbo.Tests;

/// <summary>What tests of random numbers compute.</summary>
internal static class NoiseStatistics
{
    /// <summary>√n times the distance of Kolmogorov and Smirnov lies below with probability 0.999.</summary>
    public const double LargestDistance = 1.95;

    /// <summary>The largest distance of the empirical distribution function from another one, times √n.</summary>
    public static double KolmogorovSmirnov(float[] numbers, Func<double, double> distribution)
    {
        var sorted = numbers.Order().ToArray();
        var largest = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var value = distribution(sorted[i]);
            largest = Math.Max(largest, Math.Max((i + 1.0) / sorted.Length - value, value - (double)i / sorted.Length));
        }

        return largest * Math.Sqrt(sorted.Length);
    }

    /// <summary>The standard normal distribution function, by Marsaglia's series (2004).</summary>
    public static double NormalDistribution(double x)
    {
        if (Math.Abs(x) > 7)
            return x < 0 ? 0 : 1;
        var (sum, term) = (x, x);
        for (var i = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); i += 2)
        {
            term *= x * x / i;
            sum += term;
        }

        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }

    /// <summary>The correlation of numbers of mean 0 and variance 1, times √n: a standard normal number if there is none.</summary>
    public static double Correlation(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var sum = 0.0;
        for (var i = 0; i < first.Length; i++)
            sum += (double)first[i] * second[i];
        return sum / Math.Sqrt(first.Length);
    }
}
