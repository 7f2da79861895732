namespace Elbo.Tests;

public class BetaDistributionTests
{
    [Theory]
    [InlineData(0.3, 2, 3, 0.3483)]
    [InlineData(0.5, 40, 40, 0.5)]
    [InlineData(0, 2, 3, 0)]
    [InlineData(1, 2, 3, 1)]
    public void Its_distribution_function_is_the_known_one(double x, double a, double b, double expected) =>
        Assert.Equal(expected, BetaDistribution.Cdf(x, a, b), 12);

    [Theory]
    [InlineData(0.9, 7)]
    [InlineData(0.001, 5_000)]
    public void With_a_parameter_of_one_it_is_a_power(double x, int n)
    {
        Assert.Equal(Math.Pow(x, n), BetaDistribution.Cdf(x, n, 1), 12);
        Assert.Equal(1 - Math.Pow(1 - x, n), BetaDistribution.Cdf(x, 1, n), 12);
        Assert.Equal(1 - Math.Pow(0.25, 1.0 / n), BetaDistribution.Quantile(0.75, 1, n), 12);
    }

    [Theory]
    [InlineData(10, 0.3)]
    [InlineData(400, 0.99)]
    [InlineData(5_000, 0.95)]
    public void Its_tails_are_sums_of_binomial_probabilities(int n, double p)
    {
        var probabilities = Binomial.Probabilities(n, p);
        foreach (var k in new[] { 0, 1, n / 2, (int)(n * p), n - 1, n, n + 1 })
            Assert.Equal(probabilities.Skip(k).Sum(), BetaDistribution.BinomialAtLeast(k, n, p), 9);
    }

    [Theory]
    [InlineData(0.025, 51, 4_950)]
    [InlineData(0.975, 1.5, 0.7)]
    public void Its_quantile_is_the_inverse(double p, double a, double b) =>
        Assert.Equal(p, BetaDistribution.Cdf(BetaDistribution.Quantile(p, a, b), a, b), 10);
}
