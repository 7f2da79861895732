namespace Elbo;

/// <content>The distribution function of the normal distribution and its inverse, in float64.</content>
public sealed partial class GraphValue
{
    // The rational approximations of algorithm AS 241 (Wichura, 1988), accurate to about 1e-16: near the median, in the tails, and far out.
    private const double Middle = 0.425;
    private const double MiddleSquared = 0.180625;
    private const double TailStart = 1.6;
    private const double FarStart = 5;

    private static readonly double[] MiddleNumerator =
    [
        3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457,
        67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
    ];

    private static readonly double[] MiddleDenominator =
    [
        1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077, 21213.794301586595867, 39307.895800092710610,
        28729.085735721942674, 5226.4952788528545610,
    ];

    private static readonly double[] TailNumerator =
    [
        1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504, 1.27045825245236838258,
        0.241780725177450611770, 0.0227238449892691845833, 7.74545014278341407640e-4,
    ];

    private static readonly double[] TailDenominator =
    [
        1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550, 0.148103976427480074590, 0.0151986665636164571966,
        5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];

    private static readonly double[] FarNumerator =
    [
        6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230, 0.0265321895265761230930,
        0.00124266094738807843860, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ];

    private static readonly double[] FarDenominator =
    [
        1, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525, 7.86869131145613259100e-4,
        1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ];

    /// <summary>Φ(x), the distribution function of N(0, 1), of float64, with a relative error of about 1e-13.</summary>
    /// <exception cref="ArgumentException">The numbers are not float64.</exception>
    public GraphValue NormalDistribution()
    {
        EnsureDouble(nameof(NormalDistribution));
        // Φ(x) = erfc(-x / √2) / 2, and erfc(-z) = 2 - erfc(z).
        var z = Abs() * Math.Sqrt(0.5);
        var t = 2 / (z + 2);
        var y = t * 2 - 1;
        var coefficients = ComplementaryErrorFunction.Coefficients;
        var (sum, before) = (y * 0 + coefficients[^1], y * 0);
        for (var i = coefficients.Length - 2; i > 0; i--)
            (sum, before) = (y * sum * 2 - before + coefficients[i], sum);
        var tail = t * (y * sum - before + coefficients[0] - z.Squared()).Exp() * 0.5;
        return IsAbove(0).Select(1 - tail, tail);
    }

    /// <summary>Φ⁻¹(p), the quantile function of N(0, 1), of float64 within (0, 1), to about 1e-15.</summary>
    /// <exception cref="ArgumentException">The numbers are not float64.</exception>
    public GraphValue NormalQuantile()
    {
        EnsureDouble(nameof(NormalQuantile));
        var offset = this - 0.5;
        var isUpper = offset.IsAbove(0);
        // Each formula gets numbers of its own part alone, so that none of those it does not count is infinite.
        var near = offset.Clip(-Middle, Middle);
        var square = MiddleSquared - near.Squared();
        var middle = near * square.Polynomial(MiddleNumerator) / square.Polynomial(MiddleDenominator);
        var r = Graph.Apply("Sqrt", Type, Shape, [-isUpper.Select(1 - this, this).Log()]);
        var within = r.Clip(0, FarStart) - TailStart;
        var tail = within.Polynomial(TailNumerator) / within.Polynomial(TailDenominator);
        var beyond = r - FarStart;
        var far = beyond.Polynomial(FarNumerator) / beyond.Polynomial(FarDenominator);
        var distance = r.IsAbove(FarStart).Select(far, tail);
        return offset.Abs().IsAbove(Middle).Select(isUpper.Select(distance, -distance), middle);
    }

    private void EnsureDouble(string function)
    {
        if (Type != GraphType.Double)
            throw new ArgumentException($"{function} is computed in float64, but {this} is not.");
    }
}
