using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class DiagonalGaussianTests
{
    [Fact]
    public void The_log_density_is_that_of_the_textbook()
    {
        using var scope = NewDisposeScope();
        var gaussian = new DiagonalGaussian(tensor(new[,] { { 1.0, -2.0 } }), tensor(new[,] { { Math.Log(4.0), Math.Log(0.25) } }));
        var expected = Density(3, 1, 2) * Density(-1.5, -2, 0.5);

        var actual = gaussian.LogDensity(tensor(new[,] { { 3.0, -1.5 } })).item<double>();

        Assert.Equal(Math.Log(expected), actual, 1e-12);

        static double Density(double x, double mean, double sigma) =>
            Math.Exp(-0.5 * Math.Pow((x - mean) / sigma, 2)) / (sigma * Math.Sqrt(2 * Math.PI));
    }

    [Fact]
    public void The_reparametrised_sampler_has_the_moments_of_the_distribution()
    {
        using var scope = NewDisposeScope();
        const int draws = 400_000;
        var gaussian = new DiagonalGaussian(tensor(new[,] { { 1.5, -0.5 } }), tensor(new[,] { { Math.Log(4.0), Math.Log(0.09) } }));

        var z = gaussian.Sample(Tensors.Normal(3, float64, draws, 1, 2)).squeeze(1);

        var mean = Tensors.ToArray(z.mean([0]));
        var deviation = Tensors.ToArray(z.std(0));
        AssertWithin(1.5, mean[0], 4 * 2 / Math.Sqrt(draws));
        AssertWithin(-0.5, mean[1], 4 * 0.3 / Math.Sqrt(draws));
        AssertWithin(2, deviation[0], 4 * 2 / Math.Sqrt(2.0 * draws));
        AssertWithin(0.3, deviation[1], 4 * 0.3 / Math.Sqrt(2.0 * draws));
    }

    [Fact]
    public void Standardising_undoes_sampling()
    {
        using var scope = NewDisposeScope();
        var gaussian = new DiagonalGaussian(Tensors.Normal(1, float64, 5, 3), Tensors.Normal(2, float64, 5, 3));
        var epsilon = Tensors.Normal(3, float64, 7, 5, 3);

        var back = gaussian.Standardize(gaussian.Sample(epsilon));

        Assert.True((back - epsilon).abs().max().item<double>() < 1e-12);
    }

    [Fact]
    public void The_bound_on_log_variances_is_smooth_and_keeps_them_within_fourteen()
    {
        using var scope = NewDisposeScope();
        var raw = tensor(new[] { -1e6, -50, -0.1, 0, 0.1, 50, 1e6 }, requires_grad: true);

        var bounded = LogVarianceBound.Apply(raw);
        bounded.sum().backward();

        var values = Tensors.ToArray(bounded);
        Assert.All(values, value => Assert.InRange(value, -14, 14));
        Assert.Equal(0.1, values[4], 1e-5);
        Assert.Equal(-14, values[0], 1e-9);
        Assert.All(Tensors.ToArray(raw.grad!), slope => Assert.InRange(slope, 0, 1));
    }

    [Fact]
    public void Near_collapse_the_divergence_keeps_its_digits_and_is_never_negative()
    {
        using var scope = NewDisposeScope();
        double[] sizes = [.. Enumerable.Range(-28, 29).Select(exponent => Math.Pow(2, exponent / 2.0))];
        double[] logVariances = [.. sizes, .. sizes.Select(size => -size), 0];
        double[] means = [.. logVariances.Select((_, i) => i % 3 == 0 ? 0 : 1e-5 * i)];
        var standard = new DiagonalGaussian(zeros(1, logVariances.Length, float32));
        var posterior = new DiagonalGaussian(tensor(means).to(float32).unsqueeze(0), tensor(logVariances).to(float32).unsqueeze(0));

        var actual = Tensors.ToArray(posterior.KullbackLeibler(standard));

        for (var i = 0; i < actual.Length; i++)
        {
            var (l, m) = ((double)(float)logVariances[i], (double)(float)means[i]);
            // In decimal, with 28 digits, the difference keeps digits that it loses in float64: by the series of the exponential.
            decimal exponential = 0, power = 1;
            for (var k = 1; k <= 30; k++)
            {
                power *= (decimal)l / k;
                exponential += power;
            }

            var expected = 0.5 * ((double)(exponential - (decimal)l) + m * m);
            Assert.True(actual[i] >= 0, $"A KL of {actual[i]:R} at a log-variance of {l:R}.");
            Assert.Equal(expected, actual[i], 2e-6 * expected + 1e-30);
        }
    }

    internal static void AssertWithin(double expected, double actual, double tolerance) =>
        Assert.InRange(actual, expected - tolerance, expected + tolerance);
}
