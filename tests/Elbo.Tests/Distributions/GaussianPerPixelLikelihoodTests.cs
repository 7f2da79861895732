using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class GaussianPerPixelLikelihoodTests
{
    [Theory]
    [InlineData(0.4, 0.0)]
    [InlineData(-2.0, -1.5)]
    [InlineData(1.0, 1.0)]
    public void Its_density_integrates_to_one_to_its_mean_and_to_its_variance(double rawMean, double rawSigma)
    {
        using var scope = NewDisposeScope();
        using var likelihood = new GaussianPerPixelLikelihood();
        const double step = 1e-3;
        var x = arange(Number(-15.0), Number(15.0), Number(step), float64);
        var output = tensor(new[,] { { rawMean, rawSigma } });

        var mass = likelihood.LogDensity(output, x.unsqueeze(-1)).exp() * Number(step);

        var (mean, sigma) = (likelihood.Mean(output).item<double>(), likelihood.Sigma(output).item<double>());
        Assert.Equal(1, mass.sum().item<double>(), 1e-9);
        Assert.Equal(mean, (mass * x).sum().item<double>(), 1e-9);
        Assert.Equal(sigma * sigma, (mass * (x - Number(mean)).Squared()).sum().item<double>(), 1e-9);
    }

    [Fact]
    public void All_means_come_before_all_sigmas_and_sigma_keeps_above_its_bound()
    {
        using var scope = NewDisposeScope();
        using var likelihood = new GaussianPerPixelLikelihood();
        var output = tensor(new[,] { { -9.0, 0, 9, -1e4, 0, 1e4 } });

        var (means, sigmas) = (Tensors.ToArray(likelihood.Mean(output)), Tensors.ToArray(likelihood.Sigma(output)));

        Assert.Equal([0.00012339457598623172, 0.5, 0.9998766054240137], means, new Near(1e-15));
        Assert.Equal([1.0 / 256, 1.0 / 256 + Math.Log(2), 1.0 / 256 + 1e4], sigmas, new Near(1e-12));
    }

    [Fact]
    public void Its_draws_have_the_standard_deviation_sigma()
    {
        using var scope = NewDisposeScope();
        using var likelihood = new GaussianPerPixelLikelihood();
        const int draws = 100_000;
        var output = tensor(new[] { 0.0, 1, -5, 1 });

        var spread = Tensors.ToArray(likelihood.Draw(output.expand(draws, 4), Tensors.Uniform(5, float64, draws, 2)).std(0));

        var sigmas = Tensors.ToArray(likelihood.Sigma(output));
        for (var i = 0; i < 2; i++)
            DiagonalGaussianTests.AssertWithin(sigmas[i], spread[i], 4 * sigmas[i] / Math.Sqrt(2.0 * draws));
    }

    private sealed class Near(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(double obj) => 0;
    }
}
