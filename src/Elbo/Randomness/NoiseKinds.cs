using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Elbo;

/// <summary>What becomes of the words of a block: four values of four bytes, or sixteen of one.</summary>
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
/// Floats between 0 and 1, and neither: the odd multiples of 2^-24, each with the same probability. They lie symmetrically about a half.
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

/// <summary>Bytes as they come.</summary>
internal readonly struct ByteNoise : INoiseKind
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordLanes From(WordLanes words) => words;
}
