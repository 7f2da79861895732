namespace Elbo;

/// <summary>The beta distribution, and the binomial one, whose tails are the same function.</summary>
internal static class BetaDistribution
{
    private const int MaxTerms = 10_000;
    private const double Tiny = 1e-300;

    // Lanczos's approximation of log Γ with g = 7 and nine terms: 15 digits.
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
        -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>P(X ≤ x) for X ~ Beta(a, b): the regularised incomplete beta function I_x(a, b).</summary>
    public static double Cdf(double x, double a, double b)
    {
        if (x <= 0)
            return 0;
        if (x >= 1)
            return 1;
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x)));
        // The fraction converges quickly on one side of the mean; the other is its complement.
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - (front * Fraction(1 - x, b, a) / b);
    }

    /// <summary>The number that a share <paramref name="p"/> of Beta(a, b) is below.</summary>
    public static double Quantile(double p, double a, double b)
    {
        var (low, high) = (0.0, 1.0);
        // Until they are neighbours.
        while (low + ((high - low) / 2) is var middle && middle > low && middle < high)
        {
            if (Cdf(middle, a, b) < p)
                low = middle;
            else
                high = middle;
        }

        return high;
    }

    /// <summary>P(B ≥ k) for B ~ Binomial(n, p).</summary>
    public static double BinomialAtLeast(int k, int n, double p) => k <= 0 ? 1 : k > n ? 0 : Cdf(p, k, n - k + 1.0);

    // The continued fraction 8.17.22 of the NIST Handbook of Mathematical Functions, by the method of Lentz.
    private static double Fraction(double x, double a, double b)
    {
        var c = 1.0;
        var d = 1 / NonZero(1 - ((a + b) * x / (a + 1)));
        var product = d;
        for (var m = 1; m < MaxTerms; m++)
        {
            Extend(m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m))));
            var factor = Extend(-(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1)));
            if (Math.Abs(factor - 1) < 1e-15)
                break;
        }

        return product;

        double Extend(double term)
        {
            d = 1 / NonZero(1 + (term * d));
            c = NonZero(1 + (term / c));
            product *= c * d;
            return c * d;
        }
    }

    private static double NonZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    private static double LogGamma(double x)
    {
        var sum = Lanczos[0];
        for (var i = 1; i < Lanczos.Length; i++)
            sum += Lanczos[i] / (x - 1 + i);
        var t = x + 6.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((x - 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }
}
