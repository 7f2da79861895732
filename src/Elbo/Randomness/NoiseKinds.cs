using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Elbo;

/// <summary>Converts the words of a block to values: four of four bytes, or sixteen of one.</summary>
internal interface INoiseKind
{
    /// <summary>The values of eight blocks, as bits.</summary>
    static abstract WordLanes From(WordLanes words);
}

/// <summary>Standard normal floats, two from each pair of words.</summary>
internal readonly struct NormalNoise : INoiseKind
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordLanes From(WordLanes words)
    {
        var (first, second) = NormalTransform.Pair(words.First, words.Second);
        var (third, fourth) = NormalTransform.Pair(words.Third, words.Fourth);
        return new(first.AsUInt32(), second.AsUInt32(), third.AsUInt32(), fourth.AsUInt32());
    }
}

/// <summary>
/// Floats in the open interval (0, 1): the odd multiples of 2^-24 with equal probability, which are symmetric about a half.
/// </summary>
internal readonly struct UniformNoise : INoiseKind
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordLanes From(WordLanes words) => new(One(words.First), One(words.Second), One(words.Third), One(words.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> One(Vector256<uint> words)
    {
        var odd = (words >> 8) | Vector256<uint>.One;
        return (Vector256.ConvertToSingle(odd.AsInt32()) * Vector256.Create(1f / (1 << 24))).AsUInt32();
    }
}

/// <summary>Uniform bytes.</summary>
internal readonly struct ByteNoise : INoiseKind
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordLanes From(WordLanes words) => words;
}
