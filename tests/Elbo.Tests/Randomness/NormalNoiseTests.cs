namespace Elbo.Tests;

/// <summary>A million normal numbers of a fixed seed, examined. Bounds are four standard errors and more.</summary>
public class NormalNoiseTests
{
    private const int Count = 1_000;
    private static readonly long[] Examples = [.. Enumerable.Range(0, 1_000)];
    private static readonly NoiseStream Stream = new(7, RandomPurpose.Noise);
    private static readonly float[] Numbers = Draw(Stream);

    [Fact]
    public void Their_moments_are_those_of_the_normal_distribution()
    {
        var n = Math.Sqrt(Numbers.Length);

        Assert.InRange(Moment(1), -4 / n, 4 / n);
        Assert.InRange(Moment(2) - 1, -4 * Math.Sqrt(2) / n, 4 * Math.Sqrt(2) / n);
        Assert.InRange(Moment(3), -4 * Math.Sqrt(15) / n, 4 * Math.Sqrt(15) / n);
        Assert.InRange(Moment(4) - 3, -4 * Math.Sqrt(96) / n, 4 * Math.Sqrt(96) / n);

        static double Moment(int power) => Numbers.Average(number => Math.Pow(number, power));
    }

    [Fact]
    public void Their_distribution_is_the_normal_one() =>
        Assert.InRange(
            NoiseStatistics.KolmogorovSmirnov(Numbers, NoiseStatistics.NormalDistribution), 0, NoiseStatistics.LargestDistance);

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(4.5)]
    public void Their_tails_are_as_heavy_as_they_should_be(double from)
    {
        var numbers = Enumerable.Range(0, 10).SelectMany(epoch => Draw(Stream with { Epoch = epoch })).ToArray();
        var expected = 2 * NoiseStatistics.NormalDistribution(-from) * numbers.Length;
        var bound = 4 * Math.Sqrt(expected);

        Assert.InRange(numbers.Count(number => Math.Abs(number) > from), expected - bound, expected + bound);
        Assert.InRange(numbers.Max(), 4.7, 6.8);
        Assert.InRange(numbers.Min(), -6.8, -4.7);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(Count)]
    public void Neighbouring_positions_and_examples_are_uncorrelated_and_so_are_their_squares(int apart)
    {
        Assert.InRange(NoiseStatistics.Correlation(Numbers.AsSpan(..^apart), Numbers.AsSpan(apart..)), -4, 4);
        // (z² - 1) / √2 has mean 0 and variance 1.
        var squares = Numbers.Select(number => (number * number - 1) / MathF.Sqrt(2)).ToArray();
        Assert.InRange(NoiseStatistics.Correlation(squares.AsSpan(..^apart), squares.AsSpan(apart..)), -4, 4);
    }

    [Fact]
    public void Streams_of_other_names_are_uncorrelated()
    {
        NoiseStream[] others =
        [
            Stream with { Epoch = 1 }, Stream with { Seed = 8 }, Stream with { Seed = 6 },
            Stream with { Purpose = RandomPurpose.Binarization },
        ];

        Assert.All(others, other => Assert.InRange(NoiseStatistics.Correlation(Numbers, Draw(other)), -4, 4));
    }

    private static float[] Draw(NoiseStream stream)
    {
        var numbers = new float[Examples.Length * Count];
        stream.Normals(numbers, Examples, Count);
        return numbers;
    }
}
