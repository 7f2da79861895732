namespace Elbo.Story;

/// <summary>A quantity and its standard error. It is above or below another where the distance is more than three errors.</summary>
/// <param name="Value">The quantity.</param>
/// <param name="Error">Its standard error; not a number where nothing is known of it, and then every comparison fails.</param>
internal readonly record struct Measured(double Value, double Error)
{
    private const double Errors = 3;

    /// <summary>The mean of independent values.</summary>
    public static Measured Mean(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        var squares = values.Sum(value => (value - mean) * (value - mean));
        return new(mean, Math.Sqrt(squares / values.Count / (values.Count - 1)));
    }

    /// <summary>The share of independent cases; where none or all count, the error is that of one in as many.</summary>
    public static Measured Share(int counted, int of)
    {
        var share = (double)counted / of;
        return new(share, Math.Sqrt(Math.Max(share * (1 - share), 1.0 / of) / of));
    }

    /// <summary>Whether it is above a number.</summary>
    public bool IsAbove(double bound) => Value - bound > Errors * Error;

    /// <summary>Whether it is below a number.</summary>
    public bool IsBelow(double bound) => bound - Value > Errors * Error;

    /// <summary>Whether it is below another quantity. Where both are of the same cases, their error apart is less than this one.</summary>
    public bool IsBelow(Measured other) => other.Value - Value > Errors * double.Hypot(Error, other.Error);
}
