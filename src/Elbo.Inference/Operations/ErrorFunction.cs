namespace Elbo.Inference;

/// <summary>The error function.</summary>
internal static class ErrorFunction
{
    private const double SeriesBelow = 0.05;

    /// <summary>erf(x).</summary>
    public static double Erf(double x)
    {
        if (Math.Abs(x) >= SeriesBelow)
            return 1 - ComplementaryErrorFunction.Of(x);
        // 1 - erfc(x) would have few digits: erf(x) = 2 / √π · (x - x³/3 + x⁵/10 - x⁷/42 + ...).
        var square = x * x;
        return 2 / Math.Sqrt(Math.PI) * x * (1 - square * (1 / 3.0 - square * (1 / 10.0 - square * (1 / 42.0 - square / 216))));
    }
}
