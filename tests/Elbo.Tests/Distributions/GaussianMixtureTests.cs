using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class GaussianMixtureTests
{
    private static readonly double[] Weights = [0.5, 0.3, 0.2];
    private static readonly double[,] Means = { { -3, 0 }, { 2, 1 }, { 0, -4 } };
    private static readonly double[,] Variances = { { 0.25, 1 }, { 1, 0.09 }, { 2, 0.5 } };

    [Fact]
    public void The_density_integrates_to_one_over_the_plane()
    {
        using var scope = NewDisposeScope();
        // The rule of the rectangle: for smooth functions that vanish at the edges its error is below every power of the step.
        const double step = 0.02;
        var line = arange(Number(-12), Number(12), Number(step), float64);
        var grid = cartesian_prod(line, line);

        var integral = Create(float64).LogDensity(grid).exp().sum().item<double>() * step * step;

        Assert.Equal(1, integral, 1e-9);
    }

    [Fact]
    public void The_density_is_the_weighted_sum_of_those_of_its_components()
    {
        using var scope = NewDisposeScope();
        var z = Tensors.Normal(3, float64, 6, 2);
        var codes = Tensors.ToArray(z);
        var actual = Tensors.ToArray(Create(float64).LogDensity(z.view(2, 3, 2)));

        for (var i = 0; i < 6; i++)
        {
            var density = 0.0;
            for (var k = 0; k < 3; k++)
            {
                var product = Weights[k];
                for (var j = 0; j < 2; j++)
                {
                    var offset = codes[i * 2 + j] - Means[k, j];
                    product *= Math.Exp(-offset * offset / (2 * Variances[k, j])) / Math.Sqrt(2 * Math.PI * Variances[k, j]);
                }

                density += product;
            }

            Assert.Equal(Math.Log(density), actual[i], 1e-12);
        }
    }

    // By hand: the mean is Σ w mu, the variance Σ w (sigma² + mu²) less its square. The share of a half-plane, Σ w Phi((bound - mu) /
    // sigma), sees that each component is drawn with the frequency of its weight, and in its own shape.
    [Theory]
    [InlineData(0, -0.9, 5.7 + 0.825 - 0.81)]
    [InlineData(1, -0.5, 3.5 + 0.627 - 0.25)]
    public void Draws_have_the_mean_the_variance_and_the_distribution_of_the_mixture(int dimension, double mean, double variance)
    {
        using var scope = NewDisposeScope();
        const int draws = 1_000_000;
        var z = Create(float32).Sample(Tensors.Normal(4, float32, draws, 2)).to(float64).select(1, dimension);

        DiagonalGaussianTests.AssertWithin(mean, z.mean().item<double>(), 4 * Math.Sqrt(variance / draws));
        var squares = (z - Number(mean)).Squared();
        DiagonalGaussianTests.AssertWithin(variance, squares.mean().item<double>(), 4 * squares.std().item<double>() / Math.Sqrt(draws));
        foreach (var bound in new[] { -4, -3, -1, 0, 1.2, 2.5 })
        {
            var share = z.lt(Number(bound)).to(float64).mean().item<double>();
            var expected = Enumerable.Range(0, 3).Sum(k =>
                Weights[k] * NormalBelow((bound - Means[k, dimension]) / Math.Sqrt(Variances[k, dimension])));
            DiagonalGaussianTests.AssertWithin(expected, share, 4 * Math.Sqrt(expected * (1 - expected) / draws));
        }
    }

    [Fact]
    public void The_dimensions_of_a_draw_come_from_one_component()
    {
        using var scope = NewDisposeScope();
        const int draws = 200_000;
        var z = Create(float64).Sample(Tensors.Normal(5, float64, draws, 2));

        // E[z_1 z_2] = Σ w mu_1 mu_2: 0.3 · 2 · 1.
        var products = z.select(1, 0) * z.select(1, 1);
        DiagonalGaussianTests.AssertWithin(0.6, products.mean().item<double>(), 4 * products.std().item<double>() / Math.Sqrt(draws));
    }

    [Fact]
    public void Noise_far_out_gives_finite_codes()
    {
        using var scope = NewDisposeScope();
        var epsilon = tensor(new[] { -40f, -9, -6, 6, 9, 40 }).unsqueeze(1).expand(6, 2);

        Assert.True(Create(float32).Sample(epsilon).isfinite().all().item<bool>());
    }

    [Fact]
    public void A_single_component_is_a_Gaussian()
    {
        using var scope = NewDisposeScope();
        var (mean, logVariance) = (Tensors.Normal(1, float64, 1, 3), Tensors.Normal(2, float64, 1, 3));
        var mixture = new GaussianMixture(mean, logVariance, zeros(1, float64));
        var gaussian = new DiagonalGaussian(mean, logVariance);
        var noise = Tensors.Normal(3, float64, 4, 5, 3);

        Assert.True(mixture.Sample(noise).allclose(gaussian.Sample(noise), 1e-9, 1e-9));
        Assert.True(mixture.LogDensity(noise).allclose(gaussian.LogDensity(noise), 1e-12, 1e-12));
        Assert.True(mixture.Standardize(noise).allclose(gaussian.Standardize(noise), 1e-12, 1e-12));
    }

    [Fact]
    public void Standardised_draws_have_mean_zero_and_variance_one()
    {
        using var scope = NewDisposeScope();
        var mixture = Create(float64);
        var standardized = mixture.Standardize(mixture.Sample(Tensors.Normal(6, float64, 400_000, 2)));

        Assert.All(Tensors.ToArray(standardized.mean([0])), mean => Assert.Equal(0, mean, 0.01));
        Assert.All(Tensors.ToArray(standardized.Squared().mean([0])), variance => Assert.Equal(1, variance, 0.01));
    }

    private static GaussianMixture Create(ScalarType type) =>
        new(tensor(Means).to(type), tensor(Variances).log().to(type), tensor(Weights).log().to(type));

    /// <summary>Phi by Simpson's rule.</summary>
    private static double NormalBelow(double bound)
    {
        const int intervals = 2_000;
        if (bound < -9)
            return 0;
        var step = (Math.Min(bound, 9) + 10) / intervals;
        return Enumerable.Range(0, intervals + 1).Sum(i =>
            (i is 0 or intervals ? 1 : i % 2 == 0 ? 2 : 4) * Math.Exp(-0.5 * Math.Pow(-10 + i * step, 2)))
            * step / 3 / Math.Sqrt(2 * Math.PI);
    }
}
