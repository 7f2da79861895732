using System.Globalization;

namespace Elbo;

/// <summary>Finds the threshold for anomalies from scores of normal examples that the model was not trained on.</summary>
public static class AnomalyCalibration
{
    private const double Tail = (1 - AnomalyThreshold.Confidence) / 2;

    /// <summary>
    /// The threshold of split-conformal prediction: the k-th smallest of n scores, k = ⌈(n + 1)(1 - α)⌉. If a new normal example is
    /// exchangeable with these, its score is above with a probability of at most α, whatever the distribution; without ties it is
    /// (n + 1 - k)/(n + 1). The interval of the threshold is that of a quantile by order statistics (David and Nagaraja 2003, 7.1), that
    /// of the rate is of Beta(n + 1 - k, k). Safe for use by any number of threads.
    /// </summary>
    /// <param name="scores">The scores in nats, high for anomalies, in any order.</param>
    /// <param name="falsePositiveRate">The rate α, between 0 and 1.</param>
    /// <returns>The threshold.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not between 0 and 1.</exception>
    /// <exception cref="ArgumentException">A score is not a finite number.</exception>
    /// <exception cref="SettingsException">There are fewer scores than <see cref="MinimumCount"/>.</exception>
    public static AnomalyThreshold FindThreshold(IEnumerable<double> scores, double falsePositiveRate)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var needed = MinimumCount(falsePositiveRate);
        double[] sorted = [.. scores.Order()];
        if (!sorted.All(double.IsFinite))
            throw new ArgumentException("A score is not a finite number.", nameof(scores));
        var n = sorted.Length;
        if (n < needed)
        {
            throw new SettingsException(string.Create(
                CultureInfo.InvariantCulture,
                $"A false-positive rate of {(decimal)falsePositiveRate} takes at least {needed} scores of normal examples, but there are "
                + $"{n}: choose a rate of at least {RateFor(n)}, or give more examples."));
        }

        var above = CountAbove(n, falsePositiveRate);
        var k = n + 1 - above;
        var (low, high) = IntervalRanks(n, 1 - falsePositiveRate);
        return new AnomalyThreshold
        {
            FalsePositiveRate = falsePositiveRate,
            Value = sorted[k - 1],
            Low = low < 1 ? null : sorted[low - 1],
            High = high > n ? null : sorted[high - 1],
            RateLow = BetaDistribution.Quantile(Tail, above, k),
            RateHigh = BetaDistribution.Quantile(1 - Tail, above, k),
            Count = n,
        };
    }

    /// <summary>The smallest number of scores for a rate: the smallest n with 1/(n + 1) ≤ α.</summary>
    /// <param name="falsePositiveRate">The rate α, between 0 and 1.</param>
    /// <returns>The number, at least 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not between 0 and 1, or no array holds so many scores.</exception>
    public static int MinimumCount(double falsePositiveRate)
    {
        if (!(falsePositiveRate > 1.0 / Array.MaxLength && falsePositiveRate < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(falsePositiveRate), falsePositiveRate, "A false-positive rate is a number between 0 and 1.");
        }

        // By decimal digits, as rates are given: 1/0.07 and 100 * 0.29 are not what they should be in binary ones.
        return (int)Math.Max(1, Math.Ceiling(1 / (decimal)falsePositiveRate) - 1);
    }

    // (n + 1) - k: one more than the number of scores above the threshold.
    private static int CountAbove(int n, double rate) => (int)Math.Floor((n + 1) * (decimal)rate);

    // The smallest rate with two digits that so many scores are enough for.
    private static decimal RateFor(int n)
    {
        var exact = 1 / (n + 1m);
        var unit = 0.1m;
        while (exact < unit)
            unit /= 10;
        return Math.Ceiling(exact / unit * 10) * unit / 10;
    }

    /// <summary>
    /// The ranks l, u for which the q-quantile is in [s(l), s(u)] with a probability of at least 95 %: the number of scores up to it is
    /// binomial, with P(B &lt; l) and P(B ≥ u) each at most 2.5 %. 0 or n + 1 where no score is such an end.
    /// </summary>
    private static (int Low, int High) IntervalRanks(int n, double q)
    {
        return (
            FirstRank(rank => 1 - BetaDistribution.BinomialAtLeast(rank, n, q) > Tail) - 1,
            FirstRank(rank => BetaDistribution.BinomialAtLeast(rank, n, q) <= Tail));

        // The first rank in 1 ... n + 1 for which something is true that stays true.
        int FirstRank(Func<int, bool> isTrue)
        {
            var (low, high) = (1, n + 1);
            while (low < high)
            {
                var middle = low + ((high - low) / 2);
                if (isTrue(middle))
                    high = middle;
                else
                    low = middle + 1;
            }

            return low;
        }
    }
}
