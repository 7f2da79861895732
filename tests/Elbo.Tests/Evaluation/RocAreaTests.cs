namespace Elbo.Tests;

public class RocAreaTests
{
    [Theory]
    [InlineData(1, 5_000, 30, 40)]
    [InlineData(2, 6, 25, 60)]
    [InlineData(3, 1, 5, 9)]
    public void It_is_the_mean_over_all_pairs_with_the_error_of_DeLong(int seed, int levels, int normals, int anomalies)
    {
        var random = new Random(seed);
        double[] normal = [.. Enumerable.Range(0, normals).Select(_ => (double)random.Next(levels))];
        double[] anomalous = [.. Enumerable.Range(0, anomalies).Select(_ => (double)random.Next(levels) + (levels / 4))];
        double Wins(double anomaly, double other) => anomaly > other ? 1 : anomaly == other ? 0.5 : 0;

        var area = RocArea.Of(normal, anomalous);

        var expected = anomalous.Average(anomaly => normal.Average(other => Wins(anomaly, other)));
        var ofAnomalies = anomalous.Sum(anomaly => Math.Pow(normal.Average(other => Wins(anomaly, other)) - expected, 2));
        var ofNormals = normal.Sum(other => Math.Pow(anomalous.Average(anomaly => Wins(anomaly, other)) - expected, 2));
        Assert.Equal(expected, area.Value, 12);
        Assert.Equal(
            Math.Sqrt((ofAnomalies / (anomalies - 1) / anomalies) + (ofNormals / (normals - 1) / normals)), area.StandardError, 12);
    }

    [Fact]
    public void The_standard_error_is_the_spread_over_repetitions()
    {
        var random = new Random(4);
        double[] Scores(int count, double shift) =>
            [.. Enumerable.Range(0, count).Select(_ => shift + random.NextDouble() + random.NextDouble() + random.NextDouble())];

        var areas = Enumerable.Range(0, 1_000).Select(_ => RocArea.Of(Scores(80, 0), Scores(60, 0.5))).ToList();

        var mean = areas.Average(area => area.Value);
        var spread = Math.Sqrt(areas.Average(area => Math.Pow(area.Value - mean, 2)));
        Assert.InRange(areas.Average(area => area.StandardError) / spread, 0.92, 1.08);
    }

    [Fact]
    public void Equal_scores_count_half_and_a_single_example_has_no_error()
    {
        Assert.Equal(0.75, RocArea.Of([1, 2, 3], [2, 4]).Value);
        Assert.Equal(0, RocArea.Of([5, 6], [1, 2]).Value);
        Assert.Equal(new RocArea(1, 0), RocArea.Of([1, 2], [5, 6]));
        Assert.True(double.IsNaN(RocArea.Of([1, 2], [3]).StandardError));
        Assert.Throws<ArgumentException>(() => RocArea.Of([], [1]));
        Assert.Throws<ArgumentException>(() => RocArea.Of([double.NaN], [1]));
    }
}
