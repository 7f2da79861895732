using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Elbo;

/// <summary>Eight blocks of four 32-bit words, word by word: lane i of each vector belongs to block i.</summary>
internal readonly record struct WordLanes(Vector256<uint> First, Vector256<uint> Second, Vector256<uint> Third, Vector256<uint> Fourth)
{
    /// <summary>The number of blocks, one per lane.</summary>
    public const int Blocks = 8;

    /// <summary>The bytes of a block.</summary>
    public const int BlockBytes = 4 * sizeof(uint);

    /// <summary>The bytes of all of them.</summary>
    public const int Bytes = Blocks * BlockBytes;

    /// <summary>Writes block after block, each with its words in order.</summary>
    /// <param name="destination">The first of <see cref="Bytes"/> bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref byte destination)
    {
        if (!Avx2.IsSupported)
        {
            StoreOneByOne(ref destination);
            return;
        }

        // A transposition in two steps: of words, then of pairs of words. Each vector then has block i below, and block i + 4 above.
        var (low, high) = (Avx2.UnpackLow(First, Second).AsUInt64(), Avx2.UnpackHigh(First, Second).AsUInt64());
        var (nextLow, nextHigh) = (Avx2.UnpackLow(Third, Fourth).AsUInt64(), Avx2.UnpackHigh(Third, Fourth).AsUInt64());
        StorePair(Avx2.UnpackLow(low, nextLow), ref destination, 0);
        StorePair(Avx2.UnpackHigh(low, nextLow), ref destination, 1);
        StorePair(Avx2.UnpackLow(high, nextHigh), ref destination, 2);
        StorePair(Avx2.UnpackHigh(high, nextHigh), ref destination, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(Vector256<ulong> blocks, ref byte destination, int block)
    {
        blocks.GetLower().AsByte().StoreUnsafe(ref destination, (nuint)(block * BlockBytes));
        blocks.GetUpper().AsByte().StoreUnsafe(ref destination, (nuint)((block + Blocks / 2) * BlockBytes));
    }

    private void StoreOneByOne(ref byte destination)
    {
        for (var block = 0; block < Blocks; block++)
        {
            var words = Vector128.Create(First[block], Second[block], Third[block], Fourth[block]);
            words.AsByte().StoreUnsafe(ref destination, (nuint)(block * BlockBytes));
        }
    }
}
