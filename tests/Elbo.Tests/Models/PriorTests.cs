using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class PriorTests
{
    private const int Features = 3;
    private const int Latent = 4;

    public static TheoryData<string> Names => [.. Priors.Names.Except(ModelVariants.Mixtures)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_closed_form_of_the_divergence_agrees_with_Monte_Carlo(string name)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var prior = Create(name);
        var features = nn.functional.one_hot(tensor(new long[] { 0, 2 }), Features).to(float64);
        var posterior = new DiagonalGaussian(Tensors.Normal(1, float64, 2, Latent) * Number(2), Tensors.Normal(2, float64, 2, Latent));
        const int draws = 1_000_000;

        var closed = Tensors.ToArray(posterior.KullbackLeibler(prior.At(features))!.sum(-1));
        var z = posterior.Sample(Tensors.Normal(3, float64, draws, 2, Latent));
        var ratios = posterior.LogDensity(z) - prior.At(features).LogDensity(z);
        var estimate = Tensors.ToArray(ratios.mean([0]));
        var standardError = Tensors.ToArray(ratios.std(0) / Number(Math.Sqrt(draws)));

        for (var i = 0; i < 2; i++)
        {
            Assert.True(standardError[i] < 0.005 * closed[i], $"The standard error {standardError[i]} is too wide for {closed[i]}.");
            DiagonalGaussianTests.AssertWithin(closed[i], estimate[i], 4 * standardError[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_divergence_from_itself_is_nothing(string name)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var prior = Create(name);
        var features = nn.functional.one_hot(tensor(new long[] { 1, 0 }), Features).to(float64);
        var z = prior.At(features).Sample(Tensors.Normal(1, float64, 2, Latent));
        var same = ((GaussianPrior)prior).At(features);
        var posterior = new DiagonalGaussian(same.Mean.expand(2, Latent), same.LogVariance);

        Assert.All(Tensors.ToArray(posterior.KullbackLeibler(prior.At(features))!), kl => Assert.Equal(0, kl, 1e-12));
        Assert.True((prior.At(features).Standardize(z) - Tensors.Normal(1, float64, 2, Latent)).abs().max().item<double>() < 1e-12);
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("mean-variance")]
    public void A_conditional_prior_without_a_condition_is_rejected(string name)
    {
        Assert.Throws<SettingsException>(() => Priors.Create(name, new ModelOptions { LatentSize = Latent }, 0, new WeightNoise(1)));
    }

    private static Prior Create(string name)
    {
        var prior = Priors.Create(name, new ModelOptions { LatentSize = Latent }, Features, new WeightNoise(9));
        prior.to(float64);
        foreach (var parameter in prior.parameters())
            parameter.mul_(Number(3));
        return prior;
    }
}
