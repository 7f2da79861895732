using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Elbo;

/// <summary>Draws bytes of 255 again (rejection sampling), so that 0 to 254 have equal probability.</summary>
/// <param name="key">The key of the stream.</param>
/// <param name="epoch">The epoch.</param>
internal readonly ref struct CoinRedraws(ulong key, uint epoch)
{
    /// <summary>The first of an example's blocks for redrawn bytes, one block per position.</summary>
    public const uint FirstBlock = 0x80000000;

    /// <summary>Replaces every 255.</summary>
    /// <param name="coins">The bytes, <c>[examples, count]</c>.</param>
    /// <param name="examples">The indices of the examples.</param>
    /// <param name="count">The bytes of an example.</param>
    public void Replace(Span<byte> coins, ReadOnlySpan<long> examples, int count)
    {
        Span<int> places = stackalloc int[WordLanes.Blocks];
        var (found, start) = (0, 0);
        for (var next = coins.IndexOf(byte.MaxValue); next >= 0; next = coins[start..].IndexOf(byte.MaxValue))
        {
            places[found++] = start + next;
            start += next + 1;
            if (found < places.Length)
                continue;
            Replace(coins, examples, count, places);
            found = 0;
        }

        Replace(coins, examples, count, places[..found]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Replace(Span<byte> coins, ReadOnlySpan<long> examples, int count, ReadOnlySpan<int> places)
    {
        Span<uint> positions = stackalloc uint[WordLanes.Blocks];
        Span<uint> low = stackalloc uint[WordLanes.Blocks];
        Span<uint> high = stackalloc uint[WordLanes.Blocks];
        for (var lane = 0; lane < places.Length; lane++)
        {
            var (row, position) = Math.DivRem(places[lane], count);
            var example = examples[row];
            (positions[lane], low[lane], high[lane]) = (FirstBlock | (uint)position, (uint)example, (uint)(example >> 32));
        }

        WordLanes counters = new(
            Vector256.Create<uint>(positions), Vector256.Create(epoch), Vector256.Create<uint>(low), Vector256.Create<uint>(high));
        Span<byte> blocks = stackalloc byte[WordLanes.Bytes];
        var left = places.Length;
        // If all sixteen bytes of a block are 255, which is very rare, the next key is used.
        for (var next = key; left > 0; next++)
        {
            Philox.Blocks(next, counters).Store(ref blocks[0]);
            for (var lane = 0; lane < places.Length; lane++)
            {
                var block = blocks.Slice(lane * WordLanes.BlockBytes, WordLanes.BlockBytes);
                var first = block.IndexOfAnyExcept(byte.MaxValue);
                if (first < 0 || coins[places[lane]] != byte.MaxValue)
                    continue;
                coins[places[lane]] = block[first];
                left--;
            }
        }
    }
}
