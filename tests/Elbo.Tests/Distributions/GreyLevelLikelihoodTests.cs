using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>What holds for likelihoods that are a mass over 256 levels, and what is particular to each.</summary>
public class GreyLevelLikelihoodTests
{
    private const int Levels = 256;

    public static TheoryData<string> Names => ["discretized-logistic", "categorical"];

    [Fact]
    public void Those_that_are_a_mass_over_levels_say_so()
    {
        var named = Likelihoods.Names.Where(name =>
        {
            using var likelihood = Likelihoods.Create(name, new LikelihoodContext(new ImageShape(1, 1, 1)));
            return likelihood.Levels == Levels;
        });

        Assert.Equal(Names.Select(row => row.Data), named);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_masses_of_all_levels_sum_to_one_and_to_the_mean(string name)
    {
        using var scope = NewDisposeScope();
        using var likelihood = Likelihoods.Create(name, new LikelihoodContext(new ImageShape(1, 1, 1)));
        foreach (var size in new[] { 0, 1e-3, 1, 5, 30, 1e3 })
        {
            var output = Tensors.Normal(8, float64, 1, 20 * likelihood.ParametersPerValue) * Number(size);
            var x = (arange(Number(0), Number(Levels), One, float64) / Number(255)).unsqueeze(-1).expand(Levels, 20);

            var mass = likelihood.LogDensityPerValue(output.expand(Levels, -1), x).exp();

            Assert.All(Tensors.ToArray(mass.sum(0L)), total => Assert.Equal(1, total, 1e-11));
            Assert.True((mass * x).sum(0L).allclose(likelihood.Mean(output).squeeze(0), rtol: 1e-11, atol: 1e-11));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Draws_are_levels_with_the_frequencies_of_their_mass(string name)
    {
        using var scope = NewDisposeScope();
        using var likelihood = Likelihoods.Create(name, new LikelihoodContext(new ImageShape(1, 1, 1)));
        const int draws = 50_000;
        var output = tensor(name == "categorical" ? RisingLogits() : [0.1f, -4f]);

        var drawn = Tensors.ToArray(likelihood.Draw(output.expand(draws, -1), Tensors.Uniform(17, float32, draws, 1)));

        var counts = new int[Levels];
        foreach (var value in drawn)
        {
            var level = (int)Math.Round(value * 255);
            Assert.Equal((float)level / 255, (float)value);
            counts[level]++;
        }

        var x = (arange(Number(0), Number(Levels), One, float32) / Number(255)).unsqueeze(-1);
        var masses = Tensors.ToArray(likelihood.LogDensity(output.expand(Levels, -1), x).exp());
        for (var level = 0; level < Levels; level++)
        {
            var expected = masses[level] * draws;
            Assert.InRange(counts[level], expected - 5 * Math.Sqrt(expected) - 3, expected + 5 * Math.Sqrt(expected) + 3);
        }
    }

    [Fact]
    public void Levels_of_the_logistic_are_the_differences_of_its_distribution_function_with_the_tails_at_the_ends()
    {
        using var scope = NewDisposeScope();
        using var likelihood = new DiscretizedLogisticLikelihood();
        const double rawLocation = -0.3, rawScale = -2;
        var scale = 1.0 / 2048 + Math.Log(1 + Math.Exp(rawScale));
        double Distribution(double value) => 1 / (1 + Math.Exp(-(value - (0.5 + rawLocation)) / scale));

        foreach (var level in new[] { 0, 1, 51, 200, 254, 255 })
        {
            var upper = level == 255 ? 1 : Distribution((level + 0.5) / 255);
            var lower = level == 0 ? 0 : Distribution((level - 0.5) / 255);
            var actual = likelihood.LogDensity(tensor(new[,] { { rawLocation, rawScale } }), tensor(new[,] { { level / 255.0 } }));
            Assert.Equal(Math.Log(upper - lower), actual.item<double>(), 1e-10);
        }
    }

    [Fact]
    public void In_float32_the_logistic_keeps_its_digits_where_a_difference_of_sigmoids_has_none()
    {
        using var scope = NewDisposeScope();
        using var likelihood = new DiscretizedLogisticLikelihood();
        // From sharper than a level to a scale of 1e4, and locations far outside: both sigmoids are 0 or 1 to the last bit.
        var single = cartesian_prod(linspace(-40, 40, 41, float32), tensor(new[] { -1e4f, -30, -5, -1, 0, 3, 50, 1e4f })).requires_grad_();
        var exact = single.detach().to(float64).requires_grad_();
        var x = tensor(new[] { 100f / 255 });

        var density = likelihood.LogDensity(single, x.expand(single.shape[0], 1));
        var expected = likelihood.LogDensity(exact, x.to(float64).expand(single.shape[0], 1));
        density.sum().backward();
        expected.sum().backward();

        Assert.True(density.to(float64).allclose(expected, rtol: 2e-5, atol: 1e-5));
        Assert.True(single.grad!.to(float64).allclose(exact.grad!, rtol: 2e-5, atol: 1e-5));
    }

    [Fact]
    public void A_categorical_with_one_finite_choice_is_certain_of_it_and_equal_logits_cost_eight_bits()
    {
        using var scope = NewDisposeScope();
        using var likelihood = new CategoricalLikelihood();
        var certain = new float[Levels];
        certain[51] = 1e4f;

        Assert.Equal(0, likelihood.LogDensity(tensor(certain).unsqueeze(0), full(1, 1, Number(0.2f))).item<float>());
        Assert.Equal(-1e4f, likelihood.LogDensity(tensor(certain).unsqueeze(0), full(1, 1, Number(1f))).item<float>());
        Assert.Equal(0.2f, likelihood.Mean(tensor(certain)).item<float>(), 1e-6f);
        var draws = likelihood.Draw(tensor(certain).expand(1000, -1), Tensors.Uniform(2, float32, 1000, 1));
        Assert.All(Tensors.ToArray(draws), drawn => Assert.Equal(0.2, drawn, 1e-7));
        var bits = -likelihood.LogDensity(zeros(1, Levels, float64), full(1, 1, Number(0.7), float64)).item<double>() / Math.Log(2);
        Assert.Equal(8, bits, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_counts_as_the_nearest_level_and_those_beyond_as_the_ends(string name)
    {
        using var scope = NewDisposeScope();
        using var likelihood = Likelihoods.Create(name, new LikelihoodContext(new ImageShape(1, 1, 1)));
        var output = Tensors.Normal(8, float64, 1, likelihood.ParametersPerValue);

        Assert.Equal(Of(100 / 255.0), Of(100.4 / 255));
        Assert.Equal(Of(100 / 255.0), Of(99.6 / 255));
        Assert.NotEqual(Of(100 / 255.0), Of(101 / 255.0));
        Assert.Equal(Of(0), Of(-3));
        Assert.Equal(Of(1), Of(1e4));

        double Of(double x) => likelihood.LogDensity(output, full(1, 1, Number(x), float64)).item<double>();
    }

    [Fact]
    public void A_decoder_with_256_outputs_per_value_is_run_in_small_batches_with_the_same_result()
    {
        var shape = new ImageShape(1, 28, 28);
        using var coins = Vae.Create(shape, o => o with { Network = new() { Hidden = [2] } });
        using var model = Vae.Create(shape, o => o with { Likelihood = "categorical", LatentSize = 2, Network = new() { Hidden = [2] } });
        var codes = Enumerable.Range(0, 200).Select(i => i / 100f - 1).ToArray();

        var together = model.Decode(new LatentCodes(2, codes));
        var last = model.Decode(new LatentCodes(2, codes[^2..]));

        Assert.Equal(500, coins.MaxBatchSize(500));
        Assert.InRange(model.MaxBatchSize(500), 10, 99);
        Assert.Equal(100, together.Count);
        foreach (var (expected, actual) in last[0].ToArray().Zip(together[99].ToArray()))
            Assert.Equal(expected, actual, 1e-6f);
    }

    private static float[] RisingLogits() =>
        [.. Enumerable.Range(0, Levels).Select(level => level is 0 or 254 ? float.NegativeInfinity : level / 60f)];
}
