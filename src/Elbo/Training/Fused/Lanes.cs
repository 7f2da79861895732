using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Elbo;

/// <summary>
/// Functions of vectors of 512 bits, for float32 and float64 alike. .NET computes such a vector in one register where the processor has
/// AVX-512, else in two or four narrower ones, which costs nothing beside code that is written for those.
/// </summary>
internal static unsafe class Lanes<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => Vector512<T>.Count;

    /// <summary>What columns are shared out in: half a vector, so that threads have equal parts of more matrices.</summary>
    public static int Unit => Count / 2;

    public static Vector512<T> Of(double value) => Vector512.Create(T.CreateChecked(value));

    /// <summary>The numbers at an address, with zeros behind the last of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* source, int count) => count >= Count ? Vector512.Load(source) : LoadFew(source, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> value, T* target, int count)
    {
        if (count >= Count)
            value.Store(target);
        else
            StoreFew(value, target, count);
    }

    /// <summary>a · b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> a, Vector512<T> b, Vector512<T> c) => typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Exp(Vector512<T> x) => typeof(T) == typeof(float)
        ? Vector512.Exp(x.AsSingle()).As<float, T>()
        : Vector512.Exp(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Log(Vector512<T> x) => typeof(T) == typeof(float)
        ? Vector512.Log(x.AsSingle()).As<float, T>()
        : Vector512.Log(x.AsDouble()).As<double, T>();

    /// <summary>exp(x) - 1 - x, exact to the last digits near 0 as well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ExpMinusOneMinusX(Vector512<T> x)
    {
        var coefficients = TensorArithmetic.SeriesCoefficients;
        var sum = Of(coefficients[^1]);
        for (var k = coefficients.Length - 2; k >= 0; k--)
            sum = sum * x + Of(coefficients[k]);
        return Vector512.ConditionalSelect(
            Vector512.LessThan(Vector512.Abs(x), Of(TensorArithmetic.SeriesBelow)), x * x * Of(0.5) * sum, Exp(x) - Vector512<T>.One - x);
    }

    /// <summary>1 / (1 + exp(-x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sigmoid(Vector512<T> x) => Vector512<T>.One / (Vector512<T>.One + Exp(-x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Tanh(Vector512<T> x)
    {
        // Of -|x|, whose exponential cannot overflow.
        var minus = Vector512.Abs(x) * Of(-2);
        var expMinusOne = ExpMinusOneMinusX(minus) + minus;
        return Vector512.CopySign(expMinusOne / (expMinusOne + Of(2)), x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<T> LoadFew(T* source, int count)
    {
        var (value, half) = (Vector512<T>.Zero, Count / 2);
        if (count >= half)
            value = Vector512.Create(Vector256.Load(source), Vector256<T>.Zero);
        for (var lane = count >= half ? half : 0; lane < count; lane++)
            value = value.WithElement(lane, source[lane]);
        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StoreFew(Vector512<T> value, T* target, int count)
    {
        var half = Count / 2;
        if (count >= half)
            value.GetLower().Store(target);
        for (var lane = count >= half ? half : 0; lane < count; lane++)
            target[lane] = value[lane];
    }
}
