using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class ImportanceWeightsTests
{
    // log w = s z + a z², z ~ N(0, 1): log-normal weights, and those of a Gaussian proposal that is too narrow, with a tail index of 2a.
    private static readonly double[] Squares = [0, 0.1, 0.2, 0.25, 0.3];

    [Theory]
    [InlineData(128, 17, 1.8, 1.4, 1.15, 1.0, 0.85)]
    [InlineData(500, 100, 1.38, 1.06, 0.75, 0.6, 0.46)]
    public void Intervals_cover_the_mean_of_repetitions_for_single_examples_and_for_the_mean_of_a_split(
        int draws, double effective, params double[] slopes)
    {
        const int splits = 500, examples = 100, splitsAtOnce = 50;
        // A split has 20 examples of each kind.
        double[] Of(double[] kinds) => [.. Enumerable.Range(0, splitsAtOnce * examples).Select(column => kinds[column % kinds.Length])];
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var (slope, square) = (tensor(Of(slopes)), tensor(Of(Squares)));
        List<ExampleEstimates> estimates = [];
        for (var done = 0; done < splits; done += splitsAtOnce)
        {
            using var inner = NewDisposeScope();
            var z = randn([draws, splitsAtOnce * examples], float64, generator: generator);
            var weights = new ImportanceWeights(draws, splitsAtOnce * examples, CPU);
            weights.Add((z * square).Plus(slope) * z);
            estimates.AddRange(Singles(weights.Estimate()));
        }

        double[] expected = [.. slopes.Select((_, kind) =>
            estimates.Where((_, i) => i % slopes.Length == kind).Average(estimate => estimate.Nats[0]))];
        var singles = estimates.Select((estimate, i) => (Read(estimate), expected[i % slopes.Length])).ToList();
        var means = estimates.Chunk(examples).Select(split => (Read(split), expected.Average())).ToList();

        Assert.InRange(means.Average(mean => mean.Item1.MedianEffectiveSampleSize!.Value), 0.85 * effective, 1.15 * effective);
        Assert.InRange(Coverage(singles, estimate => estimate.MonteCarloStandardError!.Value), 0.92, 0.98);
        Assert.InRange(Coverage(means, estimate => estimate.MonteCarloStandardError!.Value), 0.92, 0.98);
        // The delta method, (K Σ w̃² - 1) / (K - 1), would not have passed.
        Assert.InRange(
            Coverage(singles, estimate => Math.Sqrt((draws / estimate.MedianEffectiveSampleSize!.Value - 1) / (draws - 1))), 0.7, 0.9);

        LikelihoodEstimate Read(params ExampleEstimates[] parts)
        {
            var sums = new EstimateSums();
            foreach (var part in parts)
                sums.Add(part);
            return sums.Read(draws, TimeSpan.Zero);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(2_000)]
    public void The_variance_is_the_jackknifes_however_much_one_draw_weighs(double scale)
    {
        const int draws = 9;
        using var scope = NewDisposeScope();
        var logWeights = Tensors.Normal(8, float64, draws, 3) * Number(scale);
        var weights = new ImportanceWeights(draws, 3, CPU);
        weights.Add(logWeights.narrow(0, 0, 4));
        weights.Add(logWeights.narrow(0, 4, draws - 4));

        var estimates = weights.Estimate();

        for (var i = 0; i < 3; i++)
        {
            double[] logs = [.. logWeights.select(1, i).data<double>()];
            double[] without = [.. logs.Select((_, left) => MinusLogMean([.. logs.Where((_, k) => k != left)]))];
            double[] squares = [.. without.Select(value => Math.Pow(value - without.Average(), 2))];
            Assert.Equal(MinusLogMean(logs), estimates.Nats[i], 1e-10 * scale);
            Assert.Equal(1, estimates.Variance[i] / (squares.Sum() * (draws - 1) / draws), 1e-8);
            var contributions = Math.Pow(squares.Sum(), 2) / squares.Sum(square => square * square);
            Assert.Equal(Math.Max(1.5, contributions / 2), estimates.DegreesOfFreedom[i], 1e-8);
        }

        static double MinusLogMean(double[] logs) => -logs.Max() - Math.Log(logs.Average(log => Math.Exp(log - logs.Max())));
    }

    [Fact]
    public void Quantiles_of_Students_t_are_those_of_the_tables()
    {
        Assert.Equal(1.959964, StudentT.Quantile975(double.PositiveInfinity), 1e-6);
        Assert.Equal(2.228139, StudentT.Quantile975(10), 1e-4);
        Assert.Equal(4.302653, StudentT.Quantile975(2), 0.05);
    }

    private static IEnumerable<ExampleEstimates> Singles(ExampleEstimates all) => all.Nats.Select((nats, i) =>
        new ExampleEstimates([nats], [all.Variance[i]], [all.DegreesOfFreedom[i]], [all.EffectiveSampleSize![i]]));

    private static double Coverage(
        IReadOnlyCollection<(LikelihoodEstimate Estimate, double Expected)> all, Func<LikelihoodEstimate, double> standardError) =>
        all.Average(each => Math.Abs(each.Estimate.Nats - each.Expected) <= 1.96 * standardError(each.Estimate) ? 1.0 : 0.0);
}
