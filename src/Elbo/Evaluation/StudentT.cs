namespace Elbo;

/// <summary>Student's t distribution.</summary>
internal static class StudentT
{
    private const double Normal = 1.959963984540054;

    /// <summary>
    /// The number that 97.5 % are below, by its expansion about the normal's (Abramowitz and Stegun 1964, 26.7.5): 1 % too low for two
    /// degrees of freedom, 3 % for one and a half.
    /// </summary>
    public static double Quantile975(double degreesOfFreedom)
    {
        const double z = Normal;
        const double z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z, z9 = z7 * z * z;
        var inverse = 1 / degreesOfFreedom;
        var terms = (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / 92160 * inverse;
        terms = (terms + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384) * inverse;
        terms = (terms + (5 * z5 + 16 * z3 + 3 * z) / 96) * inverse;
        return z + (terms + (z3 + z) / 4) * inverse;
    }
}
