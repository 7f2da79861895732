using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Σ_i [ x_i · l_i - log(1 + exp l_i) ] of each row of logits in one pass, without an intermediate matrix. Per value it takes one
/// exponential and no logarithm: log(1 + exp l) = max(l, 0) + log(1 + exp -|l|), and of the second part the factors 1 + exp -|l|, which lie
/// between 1 and 2, are multiplied until a logarithm is taken of many at once.
/// </summary>
/// <remarks>
/// It uses one thread, because .NET's threads would compete with libtorch's for the cores. It is therefore used only where libtorch has few
/// threads (docs/performance.md).
/// </remarks>
internal static class BernoulliSum
{
    // 2^64 is far from the largest float, 2^128.
    private const int FactorsAtOnce = 64;

    private const int MaxThreads = 2;

    /// <summary>Whether it is faster than libtorch: with hardware vectors, and few libtorch threads.</summary>
    public static bool IsFaster => Vector256.IsHardwareAccelerated && get_num_threads() <= MaxThreads;

    /// <summary>
    /// Whether these tensors are supported: contiguous float32 on the CPU, of the shapes of <see cref="Of"/>, without a gradient.
    /// </summary>
    public static bool Supports(Tensor logits, Tensor x, Tensor? mask)
    {
        if (logits.dim() < 2 || !IsPlain(logits))
            return false;
        var shape = logits.shape;
        // Other shapes are left to libtorch, which broadcasts them or throws.
        return shape[^1] > 0 && IsMatrix(x, shape[^2]) && (mask is null || IsMatrix(mask, shape[^2]) || IsMatrix(mask, 1));

        bool IsMatrix(Tensor tensor, long rows) =>
            tensor.dim() == 2 && tensor.shape[0] == rows && tensor.shape[1] == shape[^1] && IsPlain(tensor);
    }

    /// <summary>The sums.</summary>
    /// <param name="logits">Logits, <c>[..., batch, values]</c>.</param>
    /// <param name="x">Images, <c>[batch, values]</c>.</param>
    /// <param name="mask">Zeros and ones, <c>[batch or 1, values]</c>, or null.</param>
    /// <returns>The sum of each row, <c>[..., batch]</c>.</returns>
    public static unsafe Tensor Of(Tensor logits, Tensor x, Tensor? mask)
    {
        var shape = logits.shape;
        var (values, batch, masks) = ((int)shape[^1], shape[^2], mask?.shape[0] ?? 1);
        var sums = new float[logits.numel() / values];
        // The tensors' own memory, not a copy of it.
        fixed (byte* logit = logits.bytes, image = x.bytes, shown = mask is null ? [] : mask.bytes)
        {
            for (var row = 0L; row < sums.Length; row++)
            {
                var under = shown == null ? null : (float*)shown + row % masks * values;
                sums[row] = Row((float*)logit + row * values, (float*)image + row % batch * values, under, values);
            }
        }

        // Keeps the memory of the tensors alive until here.
        GC.KeepAlive(logits);
        GC.KeepAlive(x);
        GC.KeepAlive(mask);
        return tensor(sums, shape.AsSpan(..^1));
    }

    private static bool IsPlain(Tensor tensor) =>
        tensor.dtype == float32 && tensor.device_type == DeviceType.CPU && tensor.numel() <= int.MaxValue / sizeof(float)
        && tensor.is_contiguous() && !tensor.requires_grad;

    // Optimised at once: tiered compilation would be slow until the method is found to be hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe float Row(float* logits, float* x, float* mask, int count)
    {
        var (linear, logarithms) = (Vector256<float>.Zero, Vector256<float>.Zero);
        var i = 0;
        while (i <= count - Vector256<float>.Count)
        {
            var factors = Vector256<float>.One;
            var last = Math.Min(count - Vector256<float>.Count, i + (FactorsAtOnce - 1) * Vector256<float>.Count);
            for (; i <= last; i += Vector256<float>.Count)
            {
                var logit = Vector256.Load(logits + i);
                var exponential = ExponentialOfMinus(Vector256.Abs(logit));
                var term = Vector256.FusedMultiplyAdd(logit, Vector256.Load(x + i), -Vector256.Max(logit, Vector256<float>.Zero));
                if (mask != null)
                {
                    var shown = Vector256.Load(mask + i);
                    (exponential, term) = (exponential * shown, term * shown);
                }

                factors = Vector256.FusedMultiplyAdd(factors, exponential, factors);
                linear += term;
            }

            logarithms += Vector256.Log(factors);
        }

        var sum = Vector256.Sum(linear - logarithms);
        for (; i < count; i++)
        {
            var term = logits[i] * x[i] - MathF.Max(logits[i], 0) - float.LogP1(MathF.Exp(-MathF.Abs(logits[i])));
            sum += mask == null ? term : term * mask[i];
        }

        return sum;
    }

    /// <summary>
    /// exp(-x) for x of at least 0, to the last bits of a float. .NET's function is twice as slow, because it computes in float64. With -x
    /// = n · log 2 + r it is 2^n · exp r, and |r| is at most half of log 2: there a polynomial of degree six is exact enough (the
    /// coefficients are those of the Cephes library, by S. L. Moshier).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExponentialOfMinus(Vector256<float> x)
    {
        // The exponential of a smaller number is subnormal, and negligible beside 1.
        const float minimum = -87;
        // Added to a number of few digits, it leaves the nearest integer in the last bits.
        const float rounder = 3 << 22;
        const int exponentPlace = 23;
        var minus = Vector256.Max(-x, Vector256.Create(minimum));
        var rounded = Vector256.FusedMultiplyAdd(minus, Vector256.Create(1.44269504f), Vector256.Create(rounder));
        var n = rounded - Vector256.Create(rounder);
        // log 2 in two parts, of which the first has few digits: n times it is exact.
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-0.693359375f), minus);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(2.12194440e-4f), r);
        var polynomial = Vector256.Create(1.9875691500e-4f);
        polynomial = Vector256.FusedMultiplyAdd(polynomial, r, Vector256.Create(1.3981999507e-3f));
        polynomial = Vector256.FusedMultiplyAdd(polynomial, r, Vector256.Create(8.3334519073e-3f));
        polynomial = Vector256.FusedMultiplyAdd(polynomial, r, Vector256.Create(4.1665795894e-2f));
        polynomial = Vector256.FusedMultiplyAdd(polynomial, r, Vector256.Create(1.6666665459e-1f));
        polynomial = Vector256.FusedMultiplyAdd(polynomial, r, Vector256.Create(5.0000001201e-1f));
        polynomial = Vector256.FusedMultiplyAdd(polynomial, r * r, r) + Vector256<float>.One;
        return (polynomial.AsInt32() + (rounded.AsInt32() << exponentPlace)).AsSingle();
    }
}
