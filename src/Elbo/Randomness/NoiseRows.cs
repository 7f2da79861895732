using System.Runtime.CompilerServices;

namespace Elbo;

/// <summary>Fills rows of memory with noise, a row for each example of each draw; every row begins with a block of its own.</summary>
internal static class NoiseRows
{
    /// <summary>Fills the rows.</summary>
    /// <typeparam name="TKind">The conversion of words to values.</typeparam>
    /// <param name="destination">The rows, one after the other.</param>
    /// <param name="rowBytes">The bytes of a row, at least one.</param>
    /// <param name="key">The key of the stream.</param>
    /// <param name="counters">The blocks of the rows, in their order.</param>
    // Optimised at once: tiered compilation would be many times slower until the method is found to be hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill<TKind>(Span<byte> destination, int rowBytes, ulong key, CounterLanes counters)
        where TKind : struct, INoiseKind
    {
        if (rowBytes % WordLanes.BlockBytes != 0)
        {
            FillUneven<TKind>(destination, rowBytes, key, counters);
            return;
        }

        // Rows of whole blocks follow each other without a gap.
        for (; destination.Length >= WordLanes.Bytes; destination = destination[WordLanes.Bytes..])
            TKind.From(Philox.Blocks(key, counters.Next())).Store(ref destination[0]);
        if (destination.IsEmpty)
            return;
        Span<byte> last = stackalloc byte[WordLanes.Bytes];
        TKind.From(Philox.Blocks(key, counters.Next())).Store(ref last[0]);
        last[..destination.Length].CopyTo(destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillUneven<TKind>(Span<byte> destination, int rowBytes, ulong key, CounterLanes counters)
        where TKind : struct, INoiseKind
    {
        Span<byte> blocks = stackalloc byte[WordLanes.Bytes];
        var left = rowBytes;
        while (!destination.IsEmpty)
        {
            TKind.From(Philox.Blocks(key, counters.Next())).Store(ref blocks[0]);
            for (var block = 0; block < WordLanes.Blocks && !destination.IsEmpty; block++)
            {
                var bytes = Math.Min(left, WordLanes.BlockBytes);
                blocks.Slice(block * WordLanes.BlockBytes, bytes).CopyTo(destination);
                destination = destination[bytes..];
                left = left == bytes ? rowBytes : left - bytes;
            }
        }
    }
}
