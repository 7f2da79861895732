using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Elbo;

/// <summary>
/// The generator Philox4x32-10 of Salmon, Moraes, Dror and Shaw ("Parallel random numbers: as easy as 1, 2, 3", 2011). It has no state: a
/// key and a counter give a block of four words, which gives random access to a stream.
/// </summary>
internal static class Philox
{
    private const int Rounds = 10;
    private const uint FirstMultiplier = 0xD2511F53;
    private const uint SecondMultiplier = 0xCD9E8D57;

    // What is added to the two halves of the key from round to round: digits of the golden ratio and of the square root of 3.
    private const uint FirstStep = 0x9E3779B9;
    private const uint SecondStep = 0xBB67AE85;
    private const int WordBits = 32;

    /// <summary>The block of one counter.</summary>
    /// <param name="key">The key, its first word in the low half.</param>
    /// <param name="counter">The four words of the counter.</param>
    public static Vector128<uint> Block(ulong key, Vector128<uint> counter)
    {
        var (a, b, c, d) = (counter[0], counter[1], counter[2], counter[3]);
        var (first, second) = ((uint)key, (uint)(key >> WordBits));
        for (var round = 0; round < Rounds; round++)
        {
            var left = (ulong)a * FirstMultiplier;
            var right = (ulong)c * SecondMultiplier;
            (a, b) = ((uint)(right >> WordBits) ^ b ^ first, (uint)right);
            (c, d) = ((uint)(left >> WordBits) ^ d ^ second, (uint)left);
            (first, second) = (first + FirstStep, second + SecondStep);
        }

        return Vector128.Create(a, b, c, d);
    }

    /// <summary>
    /// The blocks of eight counters at once. Vectors multiply the low words of 64-bit lanes and give both words of each product, so even
    /// and odd lanes are computed separately; the high words of the 64-bit lanes are ignored.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordLanes Blocks(ulong key, WordLanes counters)
    {
        var (a, b, c, d) = (counters.First.AsUInt64(), counters.Second.AsUInt64(), counters.Third.AsUInt64(), counters.Fourth.AsUInt64());
        var (oddA, oddB, oddC, oddD) = (a >> WordBits, b >> WordBits, c >> WordBits, d >> WordBits);
        var first = Vector256.Create((uint)key);
        var second = Vector256.Create((uint)(key >> WordBits));
        for (var round = 0; round < Rounds; round++)
        {
            var (left, right) = (Product(a, FirstMultiplier), Product(c, SecondMultiplier));
            var (oddLeft, oddRight) = (Product(oddA, FirstMultiplier), Product(oddC, SecondMultiplier));
            var (firstKey, secondKey) = (first.AsUInt64(), second.AsUInt64());
            (a, b) = ((right >> WordBits) ^ b ^ firstKey, right);
            (c, d) = ((left >> WordBits) ^ d ^ secondKey, left);
            (oddA, oddB) = ((oddRight >> WordBits) ^ oddB ^ firstKey, oddRight);
            (oddC, oddD) = ((oddLeft >> WordBits) ^ oddD ^ secondKey, oddLeft);
            first += Vector256.Create(FirstStep);
            second += Vector256.Create(SecondStep);
        }

        return new(Joined(a, oddA), Joined(b, oddB), Joined(c, oddC), Joined(d, oddD));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Product(Vector256<ulong> lanes, uint multiplier) => Avx2.IsSupported
        ? Avx2.Multiply(lanes.AsUInt32(), Vector256.Create((ulong)multiplier).AsUInt32())
        : (lanes & Vector256.Create((ulong)uint.MaxValue)) * Vector256.Create((ulong)multiplier);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Joined(Vector256<ulong> even, Vector256<ulong> odd) =>
        ((even & Vector256.Create((ulong)uint.MaxValue)) | (odd << WordBits)).AsUInt32();
}
