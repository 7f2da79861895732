namespace Elbo;

/// <summary>Statistics of the values of a set, in float64.</summary>
public sealed class ValueStatistics
{
    // Squares of numbers divided by this are finite whatever the numbers, and so are sums of 2^50 of them.
    private const int LargeExponent = 540;

    // A few units in the last place: what the rounding of a float64 can make of equal numbers.
    private const double RoundingError = 1e-15;

    private ValueStatistics(double[] mean, double[] deviation, double min, double max, double binarity) =>
        (Mean, Deviation, Min, Max, Binarity) = (mean, deviation, min, max, binarity);

    /// <summary>The mean of each number of a value.</summary>
    public IReadOnlyList<double> Mean { get; }

    /// <summary>The standard deviation of each number of a value over the examples, with the divisor <c>n</c>.</summary>
    public IReadOnlyList<double> Deviation { get; }

    /// <summary>
    /// Whether a number is the same in all examples, or differs by the rounding of a float64 alone: then it says nothing about an example.
    /// </summary>
    /// <param name="column">Which number of a value, from 0.</param>
    public bool IsConstant(int column) =>
        !(double.IsNormal(Deviation[column]) && Deviation[column] > RoundingError * Math.Abs(Mean[column]));

    /// <summary>The smallest of all numbers.</summary>
    public double Min { get; }

    /// <summary>The largest of all numbers.</summary>
    public double Max { get; }

    /// <summary>
    /// How near values in 0..1 are to zeros and ones: the variance of all of them over m · (1 - m), the largest that numbers of mean m in
    /// 0..1 can have. It is 1 for binary values; not a number where values are beyond 0..1, or all the same.
    /// </summary>
    public double Binarity { get; }

    /// <summary>Which value is not a finite number, in one sentence, whereupon the others have no meaning; null if all are.</summary>
    internal string? NotFinite { get; private init; }

    internal static ValueStatistics Of(ExampleSet set)
    {
        var size = set.Shape.Size;
        var (mean, squares) = (new double[size], new double[size]);
        var (min, max, seen) = (double.PositiveInfinity, double.NegativeInfinity, 0L);
        var (sum, sumOfSquares) = (0.0, 0.0);
        string? notFinite = null;
        set.ForEachChunk(rows =>
        {
            if (notFinite is not null)
                return;
            var values = new double[rows.Length * size];
            set.Read(rows, values);
            for (var row = 0; row < rows.Length; row++)
            {
                seen++;
                for (var column = 0; column < size; column++)
                {
                    var value = values[row * size + column];
                    if (!double.IsFinite(value))
                        notFinite ??= Describe(set, rows[row], column);
                    // Welford's update, which does not subtract large sums from each other.
                    var offset = value - mean[column];
                    mean[column] += offset / seen;
                    squares[column] += offset * (value - mean[column]);
                    (min, max) = (Math.Min(min, value), Math.Max(max, value));
                    (sum, sumOfSquares) = (sum + value, sumOfSquares + value * value);
                }
            }
        });
        var count = (double)seen * size;
        var pooled = sum / count;
        double[] deviation = [.. squares.Select(square => Math.Sqrt(square / seen))];
        if (notFinite is null && !(mean.All(double.IsFinite) && deviation.All(double.IsFinite)))
            ComputeLarge(set, mean, deviation);
        return new ValueStatistics(
            mean,
            deviation,
            min,
            max,
            min < 0 || max > 1 ? double.NaN : (sumOfSquares / count - pooled * pooled) / (pooled * (1 - pooled)))
        {
            NotFinite = notFinite,
        };
    }

    /// <summary>Computes the moments of columns again whose squares are beyond the range of a float64.</summary>
    private static void ComputeLarge(ExampleSet set, double[] mean, double[] deviation)
    {
        var size = mean.Length;
        var (scaledMean, squares, seen) = (new double[size], new double[size], 0L);
        set.ForEachChunk(rows =>
        {
            var values = new double[rows.Length * size];
            set.Read(rows, values);
            for (var row = 0; row < rows.Length; row++)
            {
                seen++;
                for (var column = 0; column < size; column++)
                {
                    var value = Math.ScaleB(values[row * size + column], -LargeExponent);
                    var offset = value - scaledMean[column];
                    scaledMean[column] += offset / seen;
                    squares[column] += offset * (value - scaledMean[column]);
                }
            }
        });
        for (var column = 0; column < size; column++)
        {
            if (double.IsFinite(mean[column]) && double.IsFinite(deviation[column]))
                continue;
            mean[column] = Math.ScaleB(scaledMean[column], LargeExponent);
            deviation[column] = Math.ScaleB(Math.Sqrt(squares[column] / seen), LargeExponent);
        }
    }

    /// <summary>Says where a value is not a finite number.</summary>
    internal static string Describe(ExampleSet set, int row, int column) =>
        $"Example {row} (zero-based) holds a value that is not a finite number in column "
        + $"{set.ValueNames?[column] ?? column.ToString(System.Globalization.CultureInfo.InvariantCulture)}: "
        + "replace it with a number, or omit the example.";
}
