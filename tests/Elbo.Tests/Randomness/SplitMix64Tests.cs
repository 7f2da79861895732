namespace Elbo.Tests;

public class SplitMix64Tests
{
    [Fact]
    public void The_numbers_are_those_published_for_the_seed_1234567()
    {
        var generator = new SplitMix64(1234567);

        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => generator.Next()));
    }

    [Fact]
    public void The_order_from_a_seed_is_that_of_another_program() =>
        Assert.Equal([8, 3, 6, 5, 4, 0, 9, 2, 1, 7], new SplitMix64(42).Permutation(10));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void A_permutation_holds_every_number_once(int count) =>
        Assert.Equal(Enumerable.Range(0, count), new SplitMix64(7).Permutation(count).Order());

    [Fact]
    public void All_orders_of_three_are_equally_frequent()
    {
        const int draws = 60_000;
        var generator = new SplitMix64(11);

        int[] counts =
        [
            .. Enumerable.Range(0, draws).GroupBy(_ => string.Join(' ', generator.Permutation(3))).Select(order => order.Count()),
        ];

        // Chi-square with five degrees of freedom exceeds 20.5 with probability 0.001; the seed is fixed.
        Assert.Equal(6, counts.Length);
        Assert.InRange(counts.Sum(count => Math.Pow(count - (draws / 6.0), 2) / (draws / 6.0)), 0, 20.5);
    }

    [Fact]
    public void Numbers_stay_below_their_bound()
    {
        var generator = new SplitMix64(3);

        Assert.All(Enumerable.Range(1, 200), bound => Assert.InRange(generator.NextBelow(bound), 0, bound - 1));
        Assert.InRange(generator.NextBelow(int.MaxValue), 0, int.MaxValue - 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.NextBelow(0));
    }
}
