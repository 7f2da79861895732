using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class LikelihoodTests
{
    public static TheoryData<string> Names => [.. Likelihoods.Names];

    [Theory]
    [InlineData(0.3, 1.0)]
    [InlineData(-4.0, 0.0)]
    [InlineData(60.0, 0.0)]
    [InlineData(-60.0, 1.0)]
    public void A_Bernoulli_variable_has_the_probability_of_its_logit(double logit, double x)
    {
        using var scope = NewDisposeScope();
        using var likelihood = new BernoulliLikelihood();

        var actual = likelihood.LogDensity(tensor(new[,] { { logit } }), tensor(new[,] { { x } })).item<double>();

        // log sigma(l) = -log(1 + exp(-l)), written so that it does not overflow.
        var signed = x == 1 ? logit : -logit;
        var expected = signed > 0 ? -Math.Log(1 + Math.Exp(-signed)) : signed - Math.Log(1 + Math.Exp(signed));
        Assert.Equal(expected, actual, 1e-10);
    }

    [Fact]
    public void A_Bernoulli_likelihood_sums_to_one_over_all_binary_images()
    {
        using var scope = NewDisposeScope();
        using var likelihood = new BernoulliLikelihood();
        var logits = Tensors.Normal(5, float64, 1, 4).expand(16, 4);
        var images = tensor(Enumerable.Range(0, 64).Select(i => (double)(i / 4 >> i % 4 & 1)).ToArray(), [16, 4]);

        var total = likelihood.LogDensity(logits, images).exp().sum().item<double>();

        Assert.Equal(1, total, 1e-12);
    }

    [Theory]
    [InlineData(0.7071067811865476, false)]
    [InlineData(0.1, false)]
    [InlineData(0.4, true)]
    public void A_Gaussian_likelihood_integrates_to_one(double sigma, bool learned)
    {
        using var scope = NewDisposeScope();
        using var likelihood = new GaussianLikelihood(sigma, learned);
        const double step = 1e-3;
        var x = arange(Number(-8.0), Number(8.0), Number(step), float64).unsqueeze(-1);

        var total = likelihood.LogDensity(tensor(new[,] { { 0.4 } }), x).exp().sum().item<double>() * step;

        Assert.Equal(1, total, 1e-6);
    }

    [Fact]
    public void At_its_default_sigma_a_Gaussian_likelihood_is_the_squared_error_plus_a_constant()
    {
        using var scope = NewDisposeScope();
        using var likelihood = new GaussianLikelihood();
        var output = Tensors.Normal(1, float64, 6, 10);
        var x = Tensors.Uniform(2, float64, 6, 10);

        var beyond = -likelihood.LogDensity(output, x) - (x - sigmoid(output)).Squared().sum(-1);

        var constants = Tensors.ToArray(beyond);
        Assert.All(constants, constant => Assert.Equal(10 * 0.5 * Math.Log(Math.PI), constant, 1e-10));
    }

    [Fact]
    public void A_learned_sigma_has_its_initial_value_and_never_falls_below_its_bound()
    {
        using var scope = NewDisposeScope();
        using var likelihood = new GaussianLikelihood(0.25, learned: true);
        Assert.Equal(0.25, likelihood.Sigma.item<float>(), 1e-6);

        using (no_grad())
            likelihood.parameters().Single().fill_(Number(-1e4f));

        Assert.Equal(GaussianLikelihood.MinimumLearnedSigma, likelihood.Sigma.item<float>(), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_likelihood_scores_only_what_the_mask_shows(string name)
    {
        using var scope = NewDisposeScope();
        using var likelihood = Likelihoods.Create(name, new LikelihoodContext(new ImageShape(1, 1, 1)));
        var output = Tensors.Normal(1, float32, 3, 8 * likelihood.ParametersPerValue);
        var x = Tensors.Uniform(2, float32, 3, 8);
        var mask = tensor(new float[] { 1, 0, 1, 1, 0, 0, 1, 0 }).expand(3, 8);

        var masked = likelihood.LogDensity(output, x, mask);
        var elsewhere = likelihood.LogDensity(output, where(mask.eq(One), x, zeros_like(x)), mask);
        var expected = (likelihood.LogDensityPerValue(output, x) * mask).sum(-1);

        Assert.Equal(Tensors.ToArray(elsewhere), Tensors.ToArray(masked));
        Assert.Equal(Tensors.ToArray(expected), Tensors.ToArray(masked));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_draws_of_every_likelihood_have_its_mean(string name)
    {
        using var scope = NewDisposeScope();
        using var likelihood = Likelihoods.Create(name, new LikelihoodContext(new ImageShape(1, 1, 1)));
        var draws = likelihood.ParametersPerValue > 2 ? 10_000 : 100_000;
        var output = Tensors.Normal(3, float32, 3 * likelihood.ParametersPerValue).expand(draws, -1);

        var drawn = likelihood.Draw(output, Tensors.Uniform(11, float32, draws, 3)).to(float64);

        Assert.Equal([draws, 3], drawn.shape);
        var mean = Tensors.ToArray(drawn.mean([0]));
        var deviation = Tensors.ToArray(drawn.std(0));
        var expected = Tensors.ToArray(likelihood.Mean(output.narrow(0, 0, 1)));
        for (var i = 0; i < 3; i++)
            DiagonalGaussianTests.AssertWithin(expected[i], mean[i], 4 * deviation[i] / Math.Sqrt(draws));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_likelihood_reads_several_draws_of_a_batch_as_one_by_one(string name)
    {
        using var scope = NewDisposeScope();
        using var likelihood = Likelihoods.Create(name, new LikelihoodContext(new ImageShape(1, 1, 1)));
        var output = Tensors.Normal(1, float64, 2, 3, 5 * likelihood.ParametersPerValue);
        var x = Tensors.Uniform(2, float64, 3, 5);

        var (together, means) = (likelihood.LogDensity(output, x), likelihood.Mean(output));

        for (var i = 0; i < 2; i++)
        {
            Assert.True(likelihood.LogDensity(output[i], x).allclose(together[i], rtol: 1e-12, atol: 1e-12));
            Assert.True(likelihood.Mean(output[i]).allclose(means[i], rtol: 1e-12, atol: 1e-12));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_likelihood_and_its_gradient_stay_finite_at_absurd_outputs(string name)
    {
        using var scope = NewDisposeScope();
        using var likelihood = Likelihoods.Create(name, new LikelihoodContext(new ImageShape(1, 1, 1)));
        const int batch = 64, values = 9;
        var signs = Tensors.Uniform(4, float32, batch, values * likelihood.ParametersPerValue)
            .gt(Number(0.5)).to(float32) * Number(2) - One;
        var sizes = tensor(new[] { 1e4f, 1e4f, 1e4f, 100f, 1f, 1e-3f, 1e-8f, 0f }).repeat(batch / 8).unsqueeze(-1);
        var output = (signs * sizes).requires_grad_();
        var x = tensor(new[] { 0, 1, 0.5f, 0, 1, 0.5f, 0.003f, 0.99f, 0.2f }).expand(batch, values);

        var density = likelihood.LogDensity(output, x);
        density.sum().backward();

        AssertFinite(density);
        AssertFinite(output.grad!);
        var mean = likelihood.Mean(output);
        AssertFinite(mean);
        Assert.True(mean.ge(Number(0)).logical_and(mean.le(One)).all().item<bool>());
        AssertFinite(likelihood.Draw(output, Tensors.Uniform(1, float32, batch, values)));

        static void AssertFinite(Tensor tensor) => Assert.True(tensor.isfinite().all().item<bool>());
    }

    [Theory]
    [InlineData("gaussian", 0.0)]
    [InlineData("gaussian", double.NaN)]
    [InlineData("gaussian-learned", 0.001)]
    [InlineData("bernoulli", 0.5)]
    [InlineData("continuous-bernoulli", 0.5)]
    [InlineData("laplace", 0.5)]
    public void An_invalid_likelihood_is_rejected(string name, double sigma) =>
        Assert.Throws<SettingsException>(() => Likelihoods.Create(name, new LikelihoodContext(new ImageShape(1, 1, 1), sigma)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Under_a_mask_only_the_values_left_count_as_if_there_were_no_others(string name)
    {
        using var scope = NewDisposeScope();
        using var likelihood = Likelihoods.Create(name, new LikelihoodContext(new ImageShape(1, 1, 1)));
        var (output, x) = (Tensors.Normal(1, float64, 2, 3, 5 * likelihood.ParametersPerValue), Tensors.Uniform(2, float64, 3, 5));
        var left = tensor(new long[] { 0, 3 });

        var masked = likelihood.LogDensity(output, x, tensor(new double[,] { { 1, 0, 0, 1, 0 } }));

        var expected = likelihood.LogDensityPerValue(output, x).index_select(-1, left).sum(-1);
        Assert.True((masked - expected).abs().max().item<double>() < 1e-12);
    }
}
