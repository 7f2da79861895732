namespace Elbo;

/// <summary>
/// The complementary error function in float64, as t · exp(-x² + P(t)) with t = 2 / (2 + x) for x from 0: P is log(erfc(x) exp(x²) / t),
/// interpolated by Chebyshev polynomials in 2t - 1 with 50 digits. The relative error is below 1e-13 for x up to 20.
/// </summary>
internal static class ComplementaryErrorFunction
{
    /// <summary>The coefficients of the Chebyshev polynomials, from degree 0.</summary>
    public static ReadOnlySpan<double> Coefficients =>
    [
        -0.6513268598908547171, 0.6419697923564902603, 0.019476473204185836312, -0.0095615147868086316419, -0.0009465953444820368663,
        0.00036683949785276145187, 0.000042523324806907771645, -0.000020278578112534243154, -1.6242900046470255135e-6,
        1.3036558355805232018e-6, 1.5626441722066143178e-8, -8.5238095914926542525e-8, 6.5290544390988514964e-9,
        5.0593434955514689418e-9, -9.9136415649303308674e-10, -2.2736512229318358557e-10, 9.646791102015526802e-11,
        2.3940380830391147447e-12, -6.8860275264975533984e-12, 8.9448792730907257167e-13, 3.1309213993429580783e-13,
        -1.1270822361367252366e-13,
    ];

    /// <summary>erfc(x).</summary>
    public static double Of(double x)
    {
        var (t, z) = (2 / (2 + Math.Abs(x)), Math.Abs(x));
        var (y, sum, before) = (2 * t - 1, 0.0, 0.0);
        for (var i = Coefficients.Length - 1; i > 0; i--)
            (sum, before) = (2 * y * sum - before + Coefficients[i], sum);
        var result = t * Math.Exp(-z * z + (Coefficients[0] + y * sum - before));
        return x < 0 ? 2 - result : result;
    }
}
