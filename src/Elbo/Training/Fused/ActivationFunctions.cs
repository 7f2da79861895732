using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Elbo;

/// <summary>An activation function and its derivative, of vectors.</summary>
internal interface IActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether the derivative is a function of the input; else the output is enough.</summary>
    static virtual bool NeedsInput => false;

    static abstract Vector512<T> Value(Vector512<T> x);

    /// <summary>The derivative at x, where the function is y.</summary>
    static abstract Vector512<T> Slope(Vector512<T> x, Vector512<T> y);
}

/// <summary>That of a last layer.</summary>
internal readonly struct IdentityFunction<T> : IActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static Vector512<T> Value(Vector512<T> x) => x;

    public static Vector512<T> Slope(Vector512<T> x, Vector512<T> y) => Vector512<T>.One;
}

/// <inheritdoc cref="Activations.Relu"/>
internal readonly struct ReluFunction<T> : IActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Value(Vector512<T> x) => Vector512.AndNot(x, Vector512.LessThan(x, Vector512<T>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Slope(Vector512<T> x, Vector512<T> y) =>
        Vector512.GreaterThan(y, Vector512<T>.Zero) & Vector512<T>.One;
}

/// <inheritdoc cref="Activations.LeakyRelu"/>
internal readonly struct LeakyReluFunction<T> : IActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Value(Vector512<T> x) => x * Slope(x, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Slope(Vector512<T> x, Vector512<T> y) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(y, Vector512<T>.Zero), Vector512<T>.One, Lanes<T>.Of(0.01));
}

/// <inheritdoc cref="Activations.Elu"/>
internal readonly struct EluFunction<T> : IActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Value(Vector512<T> x)
    {
        // Of min(x, 0), whose exponential cannot overflow.
        var minus = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<T>.Zero), x, Vector512<T>.Zero);
        return Vector512.ConditionalSelect(
            Vector512.GreaterThan(x, Vector512<T>.Zero), x, Lanes<T>.ExpMinusOneMinusX(minus) + minus);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Slope(Vector512<T> x, Vector512<T> y) => Vector512.ConditionalSelect(
        Vector512.GreaterThan(y, Vector512<T>.Zero), Vector512<T>.One, y + Vector512<T>.One);
}

/// <inheritdoc cref="Activations.Tanh"/>
internal readonly struct TanhFunction<T> : IActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Value(Vector512<T> x) => Lanes<T>.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Slope(Vector512<T> x, Vector512<T> y) => Vector512<T>.One - y * y;
}

/// <summary>log(1 + exp x) = max(x, 0) + log(1 + exp -|x|).</summary>
internal readonly struct SoftplusFunction<T> : IActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool NeedsInput => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Value(Vector512<T> x)
    {
        // log(1 + e) by way of u, the rounded sum: log(u) · e / (u - 1) has every digit of it (Kahan).
        var e = Lanes<T>.Exp(-Vector512.Abs(x));
        var u = Vector512<T>.One + e;
        var rest = Vector512.ConditionalSelect(
            Vector512.Equals(u, Vector512<T>.One), e, Lanes<T>.Log(u) * e / (u - Vector512<T>.One));
        return (x + Vector512.Abs(x)) * Lanes<T>.Of(0.5) + rest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Slope(Vector512<T> x, Vector512<T> y) => Lanes<T>.Sigmoid(x);
}

/// <inheritdoc cref="Activations.Silu"/>
internal readonly struct SiluFunction<T> : IActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool NeedsInput => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Value(Vector512<T> x) => x * Lanes<T>.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Slope(Vector512<T> x, Vector512<T> y)
    {
        var sigmoid = Lanes<T>.Sigmoid(x);
        return sigmoid + y * (Vector512<T>.One - sigmoid);
    }
}

/// <summary>x · Phi(x) with the distribution function Phi of the standard normal.</summary>
internal readonly struct GeluFunction<T> : IActivationFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool NeedsInput => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Value(Vector512<T> x) => x * Distribution(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Slope(Vector512<T> x, Vector512<T> y) =>
        Distribution(x) + x * Lanes<T>.Exp(x * x * Lanes<T>.Of(-0.5)) * Lanes<T>.Of(1 / Math.Sqrt(2 * Math.PI));

    // Half of erfc(-x / sqrt 2): ComplementaryErrorFunction.Of, of vectors.
    private static Vector512<T> Distribution(Vector512<T> x)
    {
        var coefficients = ComplementaryErrorFunction.Coefficients;
        var z = Vector512.Abs(x) * Lanes<T>.Of(Math.Sqrt(0.5));
        var t = Lanes<T>.Of(2) / (z + Lanes<T>.Of(2));
        var y = t + t - Vector512<T>.One;
        var (sum, before) = (Vector512<T>.Zero, Vector512<T>.Zero);
        for (var i = coefficients.Length - 1; i > 0; i--)
            (sum, before) = ((y + y) * sum - before + Lanes<T>.Of(coefficients[i]), sum);
        var tail = t * Lanes<T>.Of(0.5) * Lanes<T>.Exp(-z * z + (Lanes<T>.Of(coefficients[0]) + y * sum - before));
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<T>.Zero), tail, Vector512<T>.One - tail);
    }
}
