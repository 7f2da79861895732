using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Elbo;

/// <summary>
/// Adam's update (Kingma and Ba 2015) of consecutive numbers in one pass: m += (1 - beta1) (g - m), v = beta2 v + (1 - beta2) g², and the
/// parameter moves by -rate · m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon).
/// </summary>
/// <param name="rate">The learning rate over 1 - beta1^t.</param>
/// <param name="correction">1 / sqrt(1 - beta2^t).</param>
/// <param name="scale">What gradients are multiplied by.</param>
internal readonly unsafe struct AdamRule<T>(double rate, double correction, double scale)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // As vectors, so that a loop only loads them.
    private readonly Vector512<T> _step = Lanes<T>.Of(rate);
    private readonly Vector512<T> _correction = Lanes<T>.Of(correction);
    private readonly Vector512<T> _scale = Lanes<T>.Of(scale);
    private readonly Vector512<T> _firstShare = Lanes<T>.Of(1 - FusedAdam.FirstDecay);
    private readonly Vector512<T> _decay = Lanes<T>.Of(FusedAdam.SecondDecay);
    private readonly Vector512<T> _secondShare = Lanes<T>.Of(1 - FusedAdam.SecondDecay);
    private readonly Vector512<T> _epsilon = Lanes<T>.Of(FusedAdam.Epsilon);

    /// <summary>The update after some steps.</summary>
    public static AdamRule<T> At(long stepsTaken, double learningRate, double scale) => new(
        learningRate / (1 - Math.Pow(FusedAdam.FirstDecay, stepsTaken + 1)),
        1 / Math.Sqrt(1 - Math.Pow(FusedAdam.SecondDecay, stepsTaken + 1)),
        scale);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update(T* parameter, T* first, T* second, T* gradient, int count)
    {
        var i = 0;
        for (; i <= count - Lanes<T>.Count; i += Lanes<T>.Count)
        {
            var g = Vector512.Load(gradient + i) * _scale;
            var m = First(Vector512.Load(first + i), g);
            var v = Second(Vector512.Load(second + i), g);
            m.Store(first + i);
            v.Store(second + i);
            (Vector512.Load(parameter + i) - Change(m, v)).Store(parameter + i);
        }

        if (count - i is > 0 and var left)
        {
            var g = Lanes<T>.Load(gradient + i, left) * _scale;
            var m = First(Lanes<T>.Load(first + i, left), g);
            var v = Second(Lanes<T>.Load(second + i, left), g);
            Lanes<T>.Store(m, first + i, left);
            Lanes<T>.Store(v, second + i, left);
            Lanes<T>.Store(Lanes<T>.Load(parameter + i, left) - Change(m, v), parameter + i, left);
        }
    }

    /// <summary>Writes a gradient times its scale.</summary>
    public void Scale(T* gradient, T* target, int count)
    {
        for (var i = 0; i < count; i += Lanes<T>.Count)
            Lanes<T>.Store(Lanes<T>.Load(gradient + i, count - i) * _scale, target + i, count - i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<T> First(Vector512<T> m, Vector512<T> g) => m + (g - m) * _firstShare;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<T> Second(Vector512<T> v, Vector512<T> g) => v * _decay + g * g * _secondShare;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<T> Change(Vector512<T> m, Vector512<T> v) => _step * m / (Vector512.Sqrt(v) * _correction + _epsilon);
}
