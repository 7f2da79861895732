using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Elbo.Tests;

public class NoiseStreamTests
{
    private static readonly NoiseStream Stream = new(42, RandomPurpose.Noise, 3);
    private static readonly long[] Examples = [5, 0, 59_999, 1L << 40, 5, 17, 18];

    public enum Kind
    {
        Normal,
        Uniform,
    }

    // As a program of its own has them, which is in Python and computes with NumPy's float32, a number at a time.
    [Fact]
    public void The_numbers_are_these_to_the_last_bit()
    {
        Assert.Equal("bf479d63 bf61c0bf 3f499137 3fabb165 3e9abed4 bf8b1092", Bits(Draw(Kind.Normal, Stream, [5], 6)));
        Assert.Equal("bd9ce670 bebcf082 3f64cd76 3f8c0f01 3fd0b34f bf5c9742", Bits(Draw(Kind.Normal, Stream, [(1L << 40) + 5], 6)));
        Assert.Equal("3f000a71 3f42801f 3e98bd62 3e94bf02 3f078c3d 3f6b0e11", Bits(Draw(Kind.Uniform, Stream, [5], 6)));
        Assert.Equal("29700A80DA1F80C283B05E4C49805F4A103D8C87", Convert.ToHexString(Coins(Stream, [5], 20)));
        Assert.Equal(
            "878C37919C5016049296F2303DC39E1120F740EDAEF307E739DE752D6264F963",
            Hash(MemoryMarshal.AsBytes<float>(Draw(Kind.Normal, Stream, [5], 10_000))));
        Assert.Equal("88D954D4FFF6AF002BFE8987EF24DA54A8D7BBEF72491D9615BDCD0946ACAEA8", Hash(Coins(Stream, [5], 10_000)));

        static string Bits(float[] numbers) =>
            string.Join(' ', numbers.Select(number => BitConverter.SingleToUInt32Bits(number).ToString("x8")));

        static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(33)]
    [InlineData(130)]
    public void Numbers_of_an_example_do_not_depend_on_the_others_in_the_batch(int count)
    {
        foreach (var kind in Enum.GetValues<Kind>())
        {
            Assert.Equal(
                Examples.SelectMany(example => Draw(kind, Stream, [example], count)), Draw(kind, Stream, Examples, count));
            Assert.Equal(Draw(kind, Stream, [5], count)[0], Draw(kind, Stream, [5], 1)[0]);
        }

        Assert.Equal(Examples.SelectMany(example => Coins(Stream, [example], count)), Coins(Stream, Examples, count));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public void A_draw_does_not_depend_on_how_many_there_are_nor_on_how_they_are_shared_out(int count)
    {
        foreach (var kind in Enum.GetValues<Kind>())
        {
            var all = Draw(kind, Stream, Examples, count, 11);

            Assert.Equal(all, Draw(kind, Stream, Examples, count, 4).Concat(Draw(kind, Stream, Examples, count, 7, 4)));
            Assert.Equal(all, Enumerable.Range(0, 11).SelectMany(draw => Draw(kind, Stream, Examples, count, 1, draw)));
        }
    }

    [Fact]
    public void Every_part_of_the_name_of_a_stream_counts()
    {
        NoiseStream[] streams =
        [
            Stream, Stream with { Seed = 43 }, Stream with { Seed = 42 + (1ul << 32) }, Stream with { Purpose = RandomPurpose.Sampling },
            Stream with { Epoch = 4 }, Stream with { Epoch = uint.MaxValue },
        ];
        long[] examples = [0, 1, 1L << 32, -1];

        var firsts = streams.SelectMany(stream => Draw(Kind.Normal, stream, examples, 8)).ToHashSet();

        Assert.Equal(streams.Length * examples.Length * 8, firsts.Count);
    }

    [Fact]
    public void An_invalid_request_is_rejected()
    {
        Assert.Throws<ArgumentException>(() => Stream.Normals(new float[11], [1, 2, 3], 4));
        Assert.Throws<ArgumentException>(() => Stream.Coins(new byte[1], [1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Draw(Kind.Normal, Stream with { Epoch = -1 }, [1], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Draw(Kind.Normal, Stream with { Epoch = 1L << 32 }, [1], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Draw(Kind.Normal, Stream, [1], 4, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Draw(Kind.Normal, Stream, [1], 4, 1, 1L << 31));
        Assert.Throws<ArgumentOutOfRangeException>(() => Draw(Kind.Normal, Stream, [1], 4, 1, long.MaxValue));
        Assert.Equal(4, Draw(Kind.Normal, Stream, [1], 4, 1, (1L << 31) - 1).Length);
        Assert.Empty(Draw(Kind.Normal, Stream, [1, 2], 0));
        Assert.Empty(Coins(Stream, [], 784));
    }

    [Fact]
    public void Uniform_numbers_are_uniform_and_never_0_or_1()
    {
        var numbers = Draw(Kind.Uniform, Stream, [.. Enumerable.Range(0, 1_000)], 1_000);

        Assert.All(numbers, number => Assert.True(number is > 0 and < 1));
        Assert.InRange(NoiseStatistics.KolmogorovSmirnov(numbers, number => number), 0, NoiseStatistics.LargestDistance);
    }

    [Fact]
    public void Coins_are_below_255_with_the_same_probability_each()
    {
        const int examples = 2_000;
        const int count = 1_000;
        var coins = Coins(Stream, [.. Enumerable.Range(0, examples)], count);
        var frequencies = new int[byte.MaxValue + 1];
        foreach (var coin in coins)
            frequencies[coin]++;

        Assert.Equal(0, frequencies[byte.MaxValue]);
        // Chi-square with 254 degrees of freedom lies in this interval with probability 0.999.
        const double expected = (double)examples * count / byte.MaxValue;
        Assert.InRange(frequencies[..byte.MaxValue].Sum(frequency => Math.Pow(frequency - expected, 2) / expected), 184, 334);
    }

    [Fact]
    public void A_byte_of_255_is_drawn_again_from_numbers_of_its_own()
    {
        const int count = 100_000;
        var coins = Coins(Stream, [7], count);
        var bytes = new byte[count];
        var key = RandomStream.Derive(Stream.Seed, Stream.Purpose);
        NoiseRows.Fill<ByteNoise>(bytes, count, key, new([7], count / 16, 0, (uint)Stream.Epoch));
        int[] redrawn = [.. Enumerable.Range(0, count).Where(position => bytes[position] == byte.MaxValue)];

        Assert.All(Enumerable.Range(0, count).Except(redrawn), position => Assert.Equal(bytes[position], coins[position]));
        // 391 expected, with a standard deviation of 20; their mean 127, with one of 74 / sqrt(391).
        Assert.InRange(redrawn.Length, 300, 480);
        Assert.InRange(redrawn.Average(position => coins[position]), 112, 142);
        Assert.True(redrawn.Select(position => coins[position]).Distinct().Count() > 150);
    }

    internal static float[] Draw(Kind kind, NoiseStream stream, long[] examples, int count, int draws = 1, long firstDraw = 0)
    {
        var numbers = new float[draws * examples.Length * count];
        if (kind == Kind.Normal)
            stream.Normals(numbers, examples, count, draws, firstDraw);
        else
            stream.Uniforms(numbers, examples, count, draws, firstDraw);
        return numbers;
    }

    internal static byte[] Coins(NoiseStream stream, long[] examples, int count)
    {
        var coins = new byte[examples.Length * count];
        stream.Coins(coins, examples, count);
        return coins;
    }
}
