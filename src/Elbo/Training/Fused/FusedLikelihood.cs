using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Elbo;

/// <summary>
/// -log p(x|z,c) of some values of a row and its derivative, in one pass that replaces the decoder's output by the derivative.
/// </summary>
internal abstract unsafe class FusedLikelihood<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The likelihood with its derivative, or null if that is not implemented.</summary>
    public static FusedLikelihood<T>? TryCreate(Likelihood likelihood) => likelihood switch
    {
        BernoulliLikelihood => new FusedLikelihood<T, BernoulliRow<T>>(default),
        GaussianLikelihood { FixedSigma: { } sigma } gaussian =>
            new FusedLikelihood<T, GaussianRow<T>>(new GaussianRow<T>(sigma, gaussian.IsBounded)),
        _ => null,
    };

    /// <summary>Computes consecutive values of a row.</summary>
    /// <param name="output">The decoder's output, which becomes the derivative.</param>
    /// <param name="x">The values.</param>
    /// <param name="shown">Ones for the values that count and zeros for others, or null.</param>
    /// <param name="count">How many values.</param>
    /// <returns>The sum of -log p.</returns>
    public abstract T Row(T* output, T* x, T* shown, int count);
}

/// <summary>Sums -log p of the vectors of a row, and returns their derivatives.</summary>
internal interface IDensityRow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    Vector512<T> Add(Vector512<T> output, Vector512<T> x, Vector512<T> shown);

    T Sum();
}

/// <inheritdoc/>
internal sealed unsafe class FusedLikelihood<T, TRow>(TRow start) : FusedLikelihood<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRow : struct, IDensityRow<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override T Row(T* output, T* x, T* shown, int count)
    {
        var row = start;
        var i = 0;
        for (; i <= count - Lanes<T>.Count; i += Lanes<T>.Count)
        {
            var mask = shown == null ? Vector512<T>.One : Vector512.Load(shown + i);
            row.Add(Vector512.Load(output + i), Vector512.Load(x + i), mask).Store(output + i);
        }

        if (count - i is > 0 and var left)
        {
            var mask = shown == null
                ? Vector512.LessThan(Vector512<T>.Indices, Lanes<T>.Of(left)) & Vector512<T>.One
                : Lanes<T>.Load(shown + i, left);
            Lanes<T>.Store(row.Add(Lanes<T>.Load(output + i, left), Lanes<T>.Load(x + i, left), mask), output + i, left);
        }

        return row.Sum();
    }
}

/// <summary>
/// -log p = max(l, 0) - x · l + log(1 + exp -|l|), with the derivative sigmoid(l) - x: one exponential for each value. The factors 1 + exp
/// -|l|, which lie between 1 and 2, are multiplied, so that one logarithm serves many.
/// </summary>
internal struct BernoulliRow<T> : IDensityRow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // 2^64 is far from the largest float32.
    private const int FactorsAtOnce = 64;

    private Vector512<T> _sum;
    private Vector512<T> _factors;
    private int _count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Add(Vector512<T> output, Vector512<T> x, Vector512<T> shown)
    {
        var size = Vector512.Abs(output);
        var exponential = Lanes<T>.Exp(-size);
        var factor = Vector512<T>.One + exponential;
        if (_count++ % FactorsAtOnce == 0)
        {
            _sum += _count == 1 ? Vector512<T>.Zero : Lanes<T>.Log(_factors);
            _factors = Vector512<T>.One;
        }

        _factors += _factors * exponential * shown;
        _sum += ((output + size) * Lanes<T>.Of(0.5) - x * output) * shown;
        var numerator = Vector512.ConditionalSelect(
            Vector512.GreaterThanOrEqual(output, Vector512<T>.Zero), Vector512<T>.One, exponential);
        return (numerator / factor - x) * shown;
    }

    public readonly T Sum() => Vector512.Sum(_count == 0 ? _sum : _sum + Lanes<T>.Log(_factors));
}

/// <summary>
/// -log p = ½ [ log 2π + 2 log sigma + e² / sigma² ] with e = x - m: the derivative is -e / sigma² for m = output, and -e / sigma² · m ·
/// (1 - m) for m = sigmoid(output).
/// </summary>
internal struct GaussianRow<T>(double sigma, bool isBounded) : IDensityRow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector512<T> _precision = Lanes<T>.Of(1 / (sigma * sigma));
    private readonly Vector512<T> _constant = Lanes<T>.Of(0.5 * NormalDensity.LogTwoPi + Math.Log(sigma));
    private Vector512<T> _sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Add(Vector512<T> output, Vector512<T> x, Vector512<T> shown)
    {
        var mean = isBounded ? Lanes<T>.Sigmoid(output) : output;
        var error = x - mean;
        _sum += (error * error * _precision * Lanes<T>.Of(0.5) + _constant) * shown;
        var slope = -error * _precision * shown;
        return isBounded ? slope * mean * (Vector512<T>.One - mean) : slope;
    }

    public readonly T Sum() => Vector512.Sum(_sum);
}
