using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>Arithmetic for which TorchSharp creates a scalar implicitly (<see cref="Scalars"/>).</summary>
public static class TensorArithmetic
{
    // exp(x) - 1 - x = x²/2 · Σ_k 2 x^k / (k + 2)!. With ten coefficients the first term left out is below 1e-13 of the sum where |x| <
    // 1/4.
    internal const double SeriesBelow = 0.25;
    internal static readonly double[] SeriesCoefficients =
    [
        1, 1.0 / 3, 1.0 / 12, 1.0 / 60, 1.0 / 360, 1.0 / 2520, 1.0 / 20160, 1.0 / 181440, 1.0 / 1814400, 1.0 / 19958400,
    ];

    /// <summary>a + b.</summary>
    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, One);

    /// <inheritdoc cref="Plus(Tensor, Tensor)"/>
    public static Tensor Plus(this Tensor left, double right) => left.add(Number(right), One);

    /// <summary>a - b.</summary>
    public static Tensor Minus(this Scalar left, Tensor right) => right.negative().add(left, One);

    /// <summary>a², element by element.</summary>
    public static Tensor Squared(this Tensor tensor) => tensor.pow(Number(2));

    /// <summary>log(1 + exp a) without overflow, exact to the last bits for any a.</summary>
    public static Tensor Softplus(this Tensor tensor) => (-tensor).log_sigmoid().neg_();

    /// <summary>exp(x) - 1 - x, which is never negative: by its series near 0, where the difference would cancel.</summary>
    public static Tensor ExpMinusOneMinusX(this Tensor x)
    {
        var near = x.abs().lt(Number(SeriesBelow));
        // The unused branch must be finite: its gradient of 0 · infinity would be NaN.
        var small = where(near, x, zeros_like(x));
        return where(near, small.Squared() * Number(0.5) * small.Polynomial(SeriesCoefficients), x.expm1() - x);
    }

    /// <summary>Σ_k c_k x^k by the scheme of Horner, for at least two coefficients.</summary>
    public static Tensor Polynomial(this Tensor x, params ReadOnlySpan<double> coefficients)
    {
        var sum = (x * Number(coefficients[^1])).Plus(coefficients[^2]);
        for (var i = coefficients.Length - 3; i >= 0; i--)
            sum = (sum * x).Plus(coefficients[i]);
        return sum;
    }

    /// <summary>The inverse of the standard normal distribution function: uniform numbers in (0, 1) become normal ones.</summary>
    public static Tensor NormalQuantile(this Tensor uniform) => (uniform * Number(2) - One).erfinv() * Number(Math.Sqrt(2));
}
