using System.Runtime.InteropServices;

namespace Elbo;

/// <summary>
/// A stream of noise for each example of a data set. A number depends only on the seed, the purpose, the epoch, the index of the example
/// and the position in the example's stream: it is the same on every device, for every batch size, and for every distribution over
/// processes.
/// </summary>
/// <remarks>
/// The key of <see cref="Philox"/> is derived from seed and purpose. The words of its counter are the block of the example's stream, the
/// epoch, and the low and the high half of the example's index. A draw begins with a block of its own, so none depends on how many there
/// are. Blocks from 2^31 on are for redrawn bytes.
/// </remarks>
/// <param name="Seed">The run's seed.</param>
/// <param name="Purpose">What the noise is for.</param>
/// <param name="Epoch">The epoch, below 2^32.</param>
internal readonly record struct NoiseStream(ulong Seed, RandomPurpose Purpose, long Epoch = 0)
{
    private ulong Key => RandomStream.Derive(Seed, Purpose);

    /// <summary>Standard normal numbers, up to 6.7 from zero.</summary>
    /// <param name="destination">The destination, <c>[draws, examples, count]</c>.</param>
    /// <param name="examples">The indices of the examples.</param>
    /// <param name="count">The numbers of an example in a draw.</param>
    /// <param name="draws">How many draws there are.</param>
    /// <param name="firstDraw">The first of them; draw k has the blocks from k · ⌈count / 4⌉ on.</param>
    public void Normals(Span<float> destination, ReadOnlySpan<long> examples, int count, int draws = 1, long firstDraw = 0) =>
        Fill<NormalNoise>(MemoryMarshal.AsBytes(destination), examples, count, sizeof(float), draws, firstDraw);

    /// <summary>Uniform numbers in the open interval (0, 1).</summary>
    /// <inheritdoc cref="Normals" path="/param"/>
    public void Uniforms(Span<float> destination, ReadOnlySpan<long> examples, int count, int draws = 1, long firstDraw = 0) =>
        Fill<UniformNoise>(MemoryMarshal.AsBytes(destination), examples, count, sizeof(float), draws, firstDraw);

    /// <summary>Bytes from 0 to 254, each equally probable: one is below v, a grey value, with probability v / 255 exactly.</summary>
    /// <param name="destination">The destination, <c>[examples, count]</c>.</param>
    /// <param name="examples">The indices of the examples.</param>
    /// <param name="count">The bytes of an example.</param>
    public void Coins(Span<byte> destination, ReadOnlySpan<long> examples, int count)
    {
        Fill<ByteNoise>(destination, examples, count, sizeof(byte), 1, 0);
        new CoinRedraws(Key, (uint)Epoch).Replace(destination, examples, count);
    }

    private void Fill<TKind>(Span<byte> destination, ReadOnlySpan<long> examples, int count, int size, int draws, long firstDraw)
        where TKind : struct, INoiseKind
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(draws);
        ArgumentOutOfRangeException.ThrowIfNegative(firstDraw);
        ArgumentOutOfRangeException.ThrowIfNegative(Epoch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Epoch, uint.MaxValue);
        if ((Int128)destination.Length != (Int128)draws * examples.Length * count * size)
            throw new ArgumentException(
                $"The destination does not have room for exactly {draws} x {examples.Length} x {count} values.", nameof(destination));
        if (destination.IsEmpty)
            return;
        var rowBytes = checked(count * size);
        var blocks = (rowBytes - 1) / WordLanes.BlockBytes + 1;
        if ((Int128)blocks * (firstDraw + (Int128)draws) > CoinRedraws.FirstBlock)
            throw new ArgumentOutOfRangeException(nameof(firstDraw), "An example's stream has 2^31 blocks, and this draw goes beyond.");
        NoiseRows.Fill<TKind>(destination, rowBytes, Key, new(examples, (uint)blocks, (uint)(blocks * firstDraw), (uint)Epoch));
    }
}
