using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class ContinuousBernoulliLikelihoodTests
{
    // On both sides of 0, of the bound below which a series is used (0.5), and far out.
    public static TheoryData<double> Logits =>
        [0, 1e-300, -1e-12, 1e-8, -1e-4, 0.01, -0.1, 0.499999, 0.5, -0.500001, 1, -3, 8, -30, 40];

    [Theory]
    [MemberData(nameof(Logits))]
    public void Its_density_integrates_to_one_and_its_mean_is_the_integral_of_x(double logit)
    {
        using var scope = NewDisposeScope();
        using var likelihood = new ContinuousBernoulliLikelihood();
        var (x, weights) = SimpsonRule(20_000);
        var output = tensor(new[,] { { logit } });

        var density = likelihood.LogDensity(output, x.unsqueeze(-1)).exp();

        Assert.Equal(1, (density * weights).sum().item<double>(), 1e-12);
        Assert.Equal((density * weights * x).sum().item<double>(), likelihood.Mean(output).item<double>(), 1e-12);
    }

    [Theory]
    [InlineData(700.0)]
    [InlineData(1e4)]
    [InlineData(1e30)]
    public void Far_out_it_is_exponential_from_the_end_of_the_interval(double logit)
    {
        using var scope = NewDisposeScope();
        using var likelihood = new ContinuousBernoulliLikelihood();
        var (low, high) = (tensor(new[,] { { -logit } }), tensor(new[,] { { logit } }));

        // What is cut off the tail of an exponential distribution with this rate is below the smallest float64.
        Assert.Equal(1, likelihood.Mean(low).item<double>() * logit, 1e-14);
        Assert.Equal(1 - 1 / logit, likelihood.Mean(high).item<double>(), 1e-15);
        Assert.Equal(Math.Log(logit), likelihood.LogDensity(low, zeros(1, 1, float64)).item<double>(), 1e-12);
        Assert.Equal(Math.Log(logit), likelihood.LogDensity(high, ones(1, 1, float64)).item<double>(), 1e-12);
    }

    [Fact]
    public void It_is_the_Bernoulli_cross_entropy_and_the_normalizer_of_the_paper()
    {
        using var scope = NewDisposeScope();
        using var likelihood = new ContinuousBernoulliLikelihood();
        using var coin = new BernoulliLikelihood();
        var lambda = tensor(new[] { 0.001, 0.2, 0.37, 0.49, 0.51, 0.8, 0.999 }, [7, 1]);
        var x = Tensors.Uniform(1, float64, 7, 1);

        // Equation 7 of Loaiza-Ganem and Cunningham: C(lambda) = 2 artanh(1 - 2 lambda) / (1 - 2 lambda).
        var logarithm = (Number(2) * atanh(One.Minus(Number(2) * lambda)) / One.Minus(Number(2) * lambda)).log().squeeze(-1);
        var logit = (lambda / One.Minus(lambda)).log();
        var expected = coin.LogDensity(logit, x).Plus(logarithm);

        Assert.True(expected.allclose(likelihood.LogDensity(logit, x), rtol: 1e-11, atol: 1e-11));
    }

    [Fact]
    public void In_float32_it_keeps_its_accuracy_around_the_removable_singularity()
    {
        using var scope = NewDisposeScope();
        using var likelihood = new ContinuousBernoulliLikelihood();
        var sizes = logspace(-30, 1, 4001, dtype: float32);
        var single = cat([sizes, -sizes, tensor(new[] { 0f, -0f, 0.5f, -0.5f })]).unsqueeze(-1).requires_grad_();
        var exact = single.detach().to(float64).requires_grad_();
        var x = tensor(new[] { 0.3f }).expand(single.shape[0], 1);

        var density = likelihood.LogDensity(single, x);
        var expected = likelihood.LogDensity(exact, x.to(float64));
        density.sum().backward();
        expected.sum().backward();

        Assert.InRange((density - expected).abs().max().item<double>(), 0, 2e-6);
        Assert.InRange((single.grad!.to(float64) - exact.grad!).abs().max().item<double>(), 0, 2e-6);
        Assert.InRange((likelihood.Mean(single).to(float64) - likelihood.Mean(exact)).abs().max().item<double>(), 0, 2e-7);
    }

    [Theory]
    [InlineData(-20.0)]
    [InlineData(-0.3)]
    [InlineData(0.0)]
    [InlineData(4.0)]
    public void Its_draws_follow_its_distribution_function(double logit)
    {
        using var scope = NewDisposeScope();
        using var likelihood = new ContinuousBernoulliLikelihood();
        const int draws = 100_000;

        var drawn = likelihood.Draw(full(draws, Number(logit), dtype: float64), Tensors.Uniform(3, float64, draws)).sort().Values;

        var expected = logit == 0 ? drawn : (drawn * Number(logit)).expm1() / Number(Math.Exp(logit) - 1);
        var distance = (expected - arange(Number(0.5), Number(draws), One, float64) / Number(draws)).abs().max().item<double>();
        // Kolmogorov and Smirnov: larger than 1.95 / sqrt(n) once in a thousand.
        Assert.InRange(distance, 0, 1.95 / Math.Sqrt(draws));
    }

    private static (Tensor X, Tensor Weights) SimpsonRule(int intervals)
    {
        var x = linspace(0, 1, intervals + 1, float64);
        var weights = (arange(Number(0), Number(intervals + 1), One, int64).remainder(Number(2)).to(float64) * Number(2)).Plus(2);
        weights[0] = 1;
        weights[intervals] = 1;
        return (x, weights / Number(3.0 * intervals));
    }
}
