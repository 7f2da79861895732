using System.Runtime.Intrinsics;

namespace Elbo.Tests;

public class PhiloxTests
{
    // The known answers of Random123, the authors' own library (kat_vectors, philox4x32 10).
    [Theory]
    [InlineData(0ul, 0u, 0u, 0u, 0u, new[] { 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u })]
    [InlineData(
        ulong.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue,
        new[] { 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu })]
    [InlineData(
        0x299f31d0a4093822ul, 0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u,
        new[] { 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u })]
    public void Blocks_are_those_that_its_authors_published(ulong key, uint a, uint b, uint c, uint d, uint[] expected)
    {
        var counter = Vector128.Create(a, b, c, d);

        Assert.Equal(Vector128.Create(expected), Philox.Block(key, counter));
        Assert.All(
            AtOnce(key, [.. Enumerable.Repeat(counter, WordLanes.Blocks)]), block => Assert.Equal(Vector128.Create(expected), block));
    }

    [Fact]
    public void Eight_blocks_at_once_are_those_of_one_at_a_time()
    {
        var random = new SplitMix64(5);
        for (var round = 0; round < 500; round++)
        {
            var key = random.Next();
            Vector128<uint>[] counters =
            [
                .. Enumerable.Range(0, WordLanes.Blocks).Select(_ => Vector128.Create(random.Next(), random.Next()).AsUInt32()),
            ];

            Assert.Equal(counters.Select(counter => Philox.Block(key, counter)), AtOnce(key, counters));
        }
    }

    private static IEnumerable<Vector128<uint>> AtOnce(ulong key, Vector128<uint>[] counters)
    {
        var blocks = new byte[WordLanes.Bytes];
        Philox.Blocks(key, new(Word(0), Word(1), Word(2), Word(3))).Store(ref blocks[0]);
        return blocks.Chunk(WordLanes.BlockBytes).Select(block => Vector128.Create(block).AsUInt32());

        Vector256<uint> Word(int index) => Vector256.Create(counters.Select(counter => counter[index]).ToArray());
    }
}
