using System.Runtime.Intrinsics;

namespace Elbo.Tests;

public class NormalTransformTests
{
    private const double TwoTo32 = 4294967296;

    // The ends, the places where a formula gives way to another, and words from everywhere.
    private static readonly uint[] Words =
    [
        .. new uint[] { 0, 1, 0x3FFFFFFF, 0x40000000, 0x7FFFFFFF, 0x80000000, 0xB504F333, 0xBFFFFFFF, 0xC0000000, uint.MaxValue },
        .. Enumerable.Range(0, 32).Select(place => 1u << place),
        .. Enumerable.Range(0, 200_005).Select(index => (uint)((ulong)index * 0x9E3779B97F4A7C15 >> 32)),
    ];

    [Fact]
    public void The_logarithm_is_that_of_float64_rounded() => EachLane((words, lane) =>
    {
        var expected = Math.Log((words[lane] + 0.5) / TwoTo32);

        var actual = NormalTransform.LogarithmOf(words)[lane];

        Assert.True(actual < 0);
        Assert.InRange(actual, expected * (1 + 3e-7), expected * (1 - 3e-7));
    });

    [Fact]
    public void Sine_and_cosine_are_those_of_float64_rounded() => EachLane((words, lane) =>
    {
        var (sine, cosine) = Math.SinCos(2 * Math.PI * ((words[lane] + 0.5) / TwoTo32) - Math.PI / 4);

        var actual = NormalTransform.SineAndCosineOf(words);

        Assert.InRange(actual.Sine[lane], sine - 1.5e-7, sine + 1.5e-7);
        Assert.InRange(actual.Cosine[lane], cosine - 1.5e-7, cosine + 1.5e-7);
    });

    [Fact]
    public void The_least_word_gives_the_largest_number_and_no_word_one_that_is_not_finite()
    {
        var (first, _) = NormalTransform.Pair(Vector256<uint>.Zero, Vector256.Create(0x20000000u));

        Assert.Equal(Math.Sqrt(-2 * Math.Log(0.5 / TwoTo32)), first[0], 1e-5);
        EachLane((words, lane) =>
        {
            var pair = NormalTransform.Pair(words, Vector256.Shuffle(words, Vector256.Create(3u, 4, 5, 6, 7, 0, 1, 2)));
            Assert.True(float.IsFinite(pair.First[lane]) && float.IsFinite(pair.Second[lane]));
            Assert.True(pair.First[lane] != 0 && pair.Second[lane] != 0);
        });
    }

    private static void EachLane(Action<Vector256<uint>, int> check)
    {
        for (var start = 0; start + WordLanes.Blocks <= Words.Length; start += WordLanes.Blocks)
        {
            for (var lane = 0; lane < WordLanes.Blocks; lane++)
                check(Vector256.Create(Words, start), lane);
        }
    }
}
