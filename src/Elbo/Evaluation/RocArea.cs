namespace Elbo;

/// <summary>
/// The area under the ROC curve of a score: the probability that an anomaly's is higher than a normal example's, where equal scores count
/// half. It does not depend on a threshold: 0.5 is chance, 1 is perfect.
/// </summary>
/// <param name="Value">The area, from 0 to 1.</param>
/// <param name="StandardError">
/// Its standard error over examples (DeLong, DeLong and Clarke-Pearson 1988); not a number with a single example of a kind, and 0 where the
/// scores of the two kinds do not overlap, in which case it says nothing about others.
/// </param>
public readonly record struct RocArea(double Value, double StandardError)
{
    /// <summary>
    /// The area as the statistic of Mann and Whitney: the mean over all pairs of 1 where the anomaly's score is higher, of 1/2 where they
    /// are equal. It takes O(N log N), and any number of threads may compute it.
    /// </summary>
    /// <param name="normal">The scores of normal examples.</param>
    /// <param name="anomalous">The scores of anomalies, high if all is well.</param>
    /// <returns>The area.</returns>
    /// <exception cref="ArgumentException">There is no example of a kind, or a score is NaN.</exception>
    public static RocArea Of(IEnumerable<double> normal, IEnumerable<double> anomalous)
    {
        var (negative, positive) = (Sorted(normal, nameof(normal)), Sorted(anomalous, nameof(anomalous)));
        // For each anomaly the share of normal examples below it, and for each normal example the share of anomalies above it.
        double[] ofPositive = [.. positive.Select(score => ShareBelow(negative, score))];
        double[] ofNegative = [.. negative.Select(score => 1 - ShareBelow(positive, score))];
        var area = ofPositive.Average();
        var variance = (Variance(ofPositive) / positive.Length) + (Variance(ofNegative) / negative.Length);
        return new RocArea(area, Math.Sqrt(variance));
    }

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(RocArea), PrintMembers);

    private static double[] Sorted(IEnumerable<double> scores, string parameter)
    {
        ArgumentNullException.ThrowIfNull(scores, parameter);
        double[] sorted = [.. scores.Order()];
        if (sorted.Length == 0)
            throw new ArgumentException("There is no score.", parameter);
        return sorted.Any(double.IsNaN) ? throw new ArgumentException("A score is not a number.", parameter) : sorted;
    }

    private static double ShareBelow(double[] sorted, double score) =>
        (CountWhile(sorted, other => other < score) + CountWhile(sorted, other => other <= score)) / (2.0 * sorted.Length);

    private static int CountWhile(double[] sorted, Func<double, bool> isBefore)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (isBefore(sorted[middle]))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Length == 1 ? double.NaN : values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
