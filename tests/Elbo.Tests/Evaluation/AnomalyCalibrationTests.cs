namespace Elbo.Tests;

public class AnomalyCalibrationTests
{
    [Theory]
    [InlineData(199, 0.05)]
    [InlineData(500, 0.013)]
    public void The_rates_and_intervals_hold_over_many_calibrations(int n, double rate)
    {
        const int repetitions = 4_000;
        var random = new Random(1);
        // Of uniform scores the quantile is 1 - rate, and the share of all scores above a threshold t is 1 - t.
        var (rates, inInterval, inRateInterval) = (new double[repetitions], 0, 0);
        for (var i = 0; i < repetitions; i++)
        {
            var found = AnomalyCalibration.FindThreshold(Uniform(random, n), rate);
            rates[i] = 1 - found.Value;
            inInterval += found.Low <= 1 - rate && 1 - rate <= found.High ? 1 : 0;
            inRateInterval += found.RateLow <= rates[i] && rates[i] <= found.RateHigh ? 1 : 0;
        }

        var expected = Math.Floor((n + 1) * rate) / (n + 1);
        var error = Math.Sqrt(rate / n / repetitions);
        Assert.InRange(rates.Average(), expected - (4 * error), expected + (4 * error));
        Assert.True(expected <= rate);
        // At least 95 %, and not much more, which order statistics that lie closer would not be enough for.
        Assert.InRange(inInterval / (double)repetitions, 0.94, 0.985);
        Assert.InRange(inRateInterval / (double)repetitions, 0.936, 0.964);
    }

    [Theory]
    [InlineData(99, 0.01)]
    [InlineData(368, 0.01)]
    [InlineData(1_000, 0.05)]
    [InlineData(5_000, 0.01)]
    [InlineData(30, 0.5)]
    [InlineData(5, 0.9)]
    public void The_ranks_are_those_of_the_definition(int n, double rate)
    {
        // Each score is its own rank.
        var found = AnomalyCalibration.FindThreshold(Enumerable.Range(1, n).Select(rank => (double)rank).Reverse(), rate);
        var counts = Binomial.Probabilities(n, 1 - rate);
        var lows = Enumerable.Range(1, n).Where(rank => counts.Take(rank).Sum() <= 0.025).ToList();
        var highs = Enumerable.Range(1, n).Where(rank => counts.Skip(rank).Sum() <= 0.025).ToList();

        Assert.Equal(Math.Ceiling((n + 1) * (1 - (decimal)rate)), (decimal)found.Value);
        Assert.Equal(lows.Count == 0 ? null : lows.Max(), found.Low);
        Assert.Equal(highs.Count == 0 ? null : highs.Min(), found.High);
        Assert.Equal((n, rate), (found.Count, found.FalsePositiveRate));
    }

    [Fact]
    public void The_interval_of_the_rate_of_the_highest_of_99_scores_is_a_power()
    {
        var found = AnomalyCalibration.FindThreshold(Uniform(new Random(2), 99), 0.01);
        Assert.Equal(1 - Math.Pow(0.975, 1 / 99.0), found.RateLow, 12);
        Assert.Equal(1 - Math.Pow(0.025, 1 / 99.0), found.RateHigh, 12);
        // 368 scores are the fewest that have an upper end: 0.99 to the power of 368 is less than 2.5 %.
        Assert.Null(found.High);
        Assert.Null(AnomalyCalibration.FindThreshold(Uniform(new Random(2), 367), 0.01).High);
    }

    [Theory]
    [InlineData(99, 0.29, 71)]
    [InlineData(99, 0.07, 93)]
    [InlineData(19, 0.05, 19)]
    public void A_rate_is_the_decimal_number_that_was_written(int n, double rate, int rank) => Assert.Equal(
        rank, AnomalyCalibration.FindThreshold(Enumerable.Range(1, n).Select(score => (double)score), rate).Value);

    [Fact]
    public void A_score_that_equals_the_threshold_is_no_anomaly()
    {
        var found = AnomalyCalibration.FindThreshold(Enumerable.Repeat(3.5, 50), 0.1);
        Assert.False(found.IsAnomaly(3.5));
        Assert.True(found.IsAnomaly(Math.BitIncrement(3.5)));
    }

    [Theory]
    [InlineData(0.01, 99)]
    [InlineData(0.05, 19)]
    [InlineData(0.3, 3)]
    [InlineData(0.0007, 1_428)]
    [InlineData(0.9, 1)]
    public void Too_few_scores_for_a_rate_are_refused_with_the_number_that_is_enough_and_a_rate_that_they_are_enough_for(
        double rate, int needed)
    {
        Assert.Equal(needed, AnomalyCalibration.MinimumCount(rate));
        AnomalyCalibration.FindThreshold(Uniform(new Random(3), needed), rate);
        if (needed == 1)
            return;
        var scores = Uniform(new Random(3), needed - 1);
        var message = Assert.Throws<SettingsException>(() => AnomalyCalibration.FindThreshold(scores, rate)).Message;
        Assert.Contains($"takes at least {needed} scores", message);
        var offered = message.Split("a rate of at least ")[1].Split(',')[0];
        AnomalyCalibration.FindThreshold(scores, double.Parse(offered, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(1e-12)]
    [InlineData(double.NaN)]
    public void A_rate_that_is_none_is_refused(double rate) => Assert.Throws<ArgumentOutOfRangeException>(
        () => AnomalyCalibration.FindThreshold([1, 2, 3], rate));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_score_that_is_no_finite_number_is_refused(double score) => Assert.Throws<ArgumentException>(
        () => AnomalyCalibration.FindThreshold([1, score, 3], 0.5));

    private static double[] Uniform(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
}
