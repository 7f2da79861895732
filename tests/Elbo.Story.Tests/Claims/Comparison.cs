namespace Elbo.Story.Tests;

/// <summary>One inequality that a sentence states: it holds where the distance is more than three standard errors.</summary>
/// <param name="What">Both sides, for the output of the test.</param>
/// <param name="Distance">By how much the inequality is met; negative where it is not.</param>
/// <param name="Error">The standard error of the distance.</param>
internal sealed record Comparison(string What, double Distance, double Error)
{
    private const double Errors = 3;

    public bool Holds => Distance > Errors * Error;

    public static Comparison Greater(string what, Estimate left, Estimate right) =>
        new($"{what}: {left} > {right}", left.Value - right.Value, double.Hypot(left.Error, right.Error));

    public static Comparison Between(string what, Estimate value, double least, double most) =>
        new($"{what}: {least:0.####} < {value} < {most:0.####}", Math.Min(value.Value - least, most - value.Value), value.Error);

    /// <summary>Two computations of one quantity: they may differ by four standard errors and by <paramref name="tolerance"/>.</summary>
    public static Comparison Same(string what, Estimate left, Estimate right, double tolerance)
    {
        var allowed = tolerance + 4 * double.Hypot(left.Error, right.Error);
        return new($"{what}: {left} = {right}", allowed - Math.Abs(left.Value - right.Value), 0);
    }

    public override string ToString() => Holds ? What : $"{What} (does not hold)";
}
