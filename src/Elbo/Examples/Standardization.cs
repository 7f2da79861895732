namespace Elbo;

/// <summary>
/// u = (x - mean) / deviation of each number of a value, computed in float64: a model then sees numbers of one scale whatever the units of
/// the data, and what it generates is in those units again.
/// </summary>
public sealed record Standardization
{
    /// <summary>A standardisation by given moments.</summary>
    /// <param name="mean">What is subtracted from each number.</param>
    /// <param name="deviation">What each is then divided by, above 0; of the same count.</param>
    /// <exception cref="SettingsException">The two differ in number, or contain invalid values.</exception>
    public Standardization(IReadOnlyList<double> mean, IReadOnlyList<double> deviation)
    {
        // JSON may lack them.
        (Mean, Deviation) = (ValueList.Of(mean ?? []), ValueList.Of(deviation ?? []));
        if (Mean.Count != Deviation.Count)
        {
            throw new SettingsException(
                $"A standardisation has {Mean.Count} means, but {Deviation.Count} deviations: give one of each for every number.");
        }

        if (!Mean.All(double.IsFinite) || !Deviation.All(value => double.IsFinite(value) && value > 0))
            throw new SettingsException(
                "The means of a standardisation must be finite numbers, and its deviations finite numbers above 0.");
        LogScale = Deviation.Sum(Math.Log);
    }

    /// <summary>What is subtracted from each number.</summary>
    public IReadOnlyList<double> Mean { get; }

    /// <summary>What each number is then divided by.</summary>
    public IReadOnlyList<double> Deviation { get; }

    /// <summary>Σ log deviation in nats: log p(x) = log p(u) less this.</summary>
    internal double LogScale { get; }

    /// <summary>The standardisation that gives the values of a set a mean of 0 and a deviation of 1.</summary>
    /// <param name="data">The set, usually the training split.</param>
    /// <returns>The standardisation; a constant number is only centred.</returns>
    /// <exception cref="InputException">A value is not a finite number.</exception>
    public static Standardization Of(ExampleSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var statistics = data.Statistics;
        // A constant number has no information: any divisor will do.
        return new Standardization(
            statistics.Mean,
            [.. statistics.Deviation.Select((deviation, column) => statistics.IsConstant(column) ? 1 : deviation)]);
    }

    /// <summary>Standardises values of any number of examples, <c>[examples, size]</c>.</summary>
    internal void Apply(ReadOnlySpan<double> values, Span<float> destination)
    {
        Apply(Mean, Deviation, values, destination);
    }

    /// <summary>Standardises values by given moments; only the results are float32.</summary>
    /// <exception cref="InputException">A finite value is so far from the mean that its result is beyond a float32.</exception>
    internal static void Apply(
        IReadOnlyList<double> mean, IReadOnlyList<double> deviation, ReadOnlySpan<double> values, Span<float> destination)
    {
        for (var start = 0; start < values.Length; start += mean.Count)
        {
            for (var column = 0; column < mean.Count; column++)
            {
                var value = values[start + column];
                var result = (float)((value - mean[column]) / deviation[column]);
                destination[start + column] = float.IsFinite(result) || !double.IsFinite(value)
                    ? result
                    : Large(value, mean[column], deviation[column]);
            }
        }
    }

    /// <summary>Standardises values by given moments in a computation graph, in float64 too.</summary>
    internal static GraphValue Describe(IReadOnlyList<double> mean, IReadOnlyList<double> deviation, GraphValue values) =>
        ((values.To(GraphType.Double) - Moments(mean, values)) / Moments(deviation, values)).To(GraphType.Float);

    /// <summary>Takes standardised values back to the units of the data in a computation graph.</summary>
    internal GraphValue DescribeInverse(GraphValue values) =>
        (values.To(GraphType.Double) * Moments(Deviation, values) + Moments(Mean, values)).To(GraphType.Float);

    private static GraphValue Moments(IReadOnlyList<double> moments, GraphValue like) =>
        like.Graph.Constant([.. moments], 1, moments.Count);

    // The difference of two finite numbers need not be finite.
    private static float Large(double value, double mean, double deviation)
    {
        var result = (float)(value / deviation - mean / deviation);
        return float.IsFinite(result) ? result : throw new InputException(
            $"The number {value} is too far from those of the training data, whose mean is {mean} and whose deviation is {deviation}: "
            + "replace it, or omit the example.");
    }

    /// <summary>Takes standardised values back to the units of the data.</summary>
    internal double[] Invert(ReadOnlySpan<float> values)
    {
        var result = new double[values.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = Mean[i % Mean.Count] + Deviation[i % Mean.Count] * values[i];
        return result;
    }
}
