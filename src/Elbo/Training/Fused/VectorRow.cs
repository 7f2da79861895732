using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Elbo;

/// <summary>Some consecutive vectors of a row of a matrix, in registers.</summary>
internal unsafe interface IVectorRow<TSelf, T>
    where TSelf : struct, IVectorRow<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many they are.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(T* source);

    /// <summary>factor · row + sum, rounded once.</summary>
    static abstract TSelf MultiplyAdd(Vector512<T> factor, TSelf row, TSelf sum);

    static abstract void Store(TSelf row, T* target);
}

internal readonly unsafe struct OneVector<T>(Vector512<T> a) : IVectorRow<OneVector<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector512<T> _a = a;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector<T> Load(T* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneVector<T> MultiplyAdd(Vector512<T> factor, OneVector<T> row, OneVector<T> sum) =>
        new(Lanes<T>.MultiplyAdd(factor, row._a, sum._a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(OneVector<T> row, T* target) => row._a.Store(target);
}

internal readonly unsafe struct TwoVectors<T>(Vector512<T> a, Vector512<T> b) : IVectorRow<TwoVectors<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector512<T> _a = a;
    private readonly Vector512<T> _b = b;

    public static int Count => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<T> Load(T* source) => new(Vector512.Load(source), Vector512.Load(source + Lanes<T>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoVectors<T> MultiplyAdd(Vector512<T> factor, TwoVectors<T> row, TwoVectors<T> sum) =>
        new(Lanes<T>.MultiplyAdd(factor, row._a, sum._a), Lanes<T>.MultiplyAdd(factor, row._b, sum._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(TwoVectors<T> row, T* target)
    {
        row._a.Store(target);
        row._b.Store(target + Lanes<T>.Count);
    }
}

internal readonly unsafe struct ThreeVectors<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c) : IVectorRow<ThreeVectors<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector512<T> _a = a;
    private readonly Vector512<T> _b = b;
    private readonly Vector512<T> _c = c;

    public static int Count => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ThreeVectors<T> Load(T* source) =>
        new(Vector512.Load(source), Vector512.Load(source + Lanes<T>.Count), Vector512.Load(source + 2 * Lanes<T>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ThreeVectors<T> MultiplyAdd(Vector512<T> factor, ThreeVectors<T> row, ThreeVectors<T> sum) => new(
        Lanes<T>.MultiplyAdd(factor, row._a, sum._a),
        Lanes<T>.MultiplyAdd(factor, row._b, sum._b),
        Lanes<T>.MultiplyAdd(factor, row._c, sum._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ThreeVectors<T> row, T* target)
    {
        row._a.Store(target);
        row._b.Store(target + Lanes<T>.Count);
        row._c.Store(target + 2 * Lanes<T>.Count);
    }
}
