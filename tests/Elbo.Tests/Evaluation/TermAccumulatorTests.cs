using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class TermAccumulatorTests
{
    [Fact]
    public void Sums_over_batches_are_the_figures_of_the_whole()
    {
        using var scope = NewDisposeScope();
        using var model = Vae.Create(new ImageShape(1, 2, 2), o => o with { LatentSize = 3, Network = new() { Hidden = [4] } });
        using var sums = new TermAccumulator(model, CPU);
        var reconstruction = Tensors.Uniform(1, float64, 100) * Number(50);
        var kl = Tensors.Uniform(2, float64, 100, 3);
        var coordinates = Tensors.Normal(3, float64, 100, 3) * tensor(new[] { 1.0, 0.05, 0.2 });

        foreach (var (start, count) in new[] { (0, 64), (64, 36) })
        {
            sums.Add(new BoundTerms(
                reconstruction.narrow(0, start, count),
                [new KlTerm("z", kl.narrow(0, start, count), IsMonteCarlo: false)],
                coordinates.narrow(0, start, count)));
        }

        var terms = sums.Read();

        Assert.Equal(100, terms.Examples);
        Assert.Equal(reconstruction.mean().item<double>(), terms.Reconstruction, 1e-10);
        Assert.Equal(kl.sum(-1).mean().item<double>(), terms.Kl!.Value, 1e-10);
        Assert.Equal(terms.Reconstruction + terms.Kl.Value, terms.NegativeElbo!.Value, 1e-12);
        Assert.Equal(reconstruction.Plus(kl.sum(-1)).std().item<double>() / 10, terms.StandardError, 1e-10);
        // Variances of about 1, 0.0025 and 0.04 stand on both sides of the threshold of 0.01.
        Assert.Equal(2, terms.ActiveUnits);
        Assert.Equal([2], terms.InactiveDimensions);
    }

    [Fact]
    public void Sums_on_the_host_are_those_by_operations_of_a_device()
    {
        using var scope = NewDisposeScope();
        using var model = Vae.Create(new ImageShape(1, 2, 2), o => o with { LatentSize = 3, Network = new() { Hidden = [4] } });
        using var host = new TermAccumulator(model, CPU);
        using var device = new TermAccumulator(model, CPU);
        // As a progress display reads, which must not change a bit.
        using var read = new TermAccumulator(model, CPU);

        // On a device some batches are kept until there are more of them, or one of another size.
        for (ulong batch = 0; batch < 40; batch++)
        {
            var (type, examples) = (batch % 2 == 0 ? float32 : float64, batch < 36 ? 20 : 7);
            // Of two draws, in a layout in which libtorch may leave a mean.
            var kl = new KlTerm("z", Tensors.Uniform(batch, type, 3, examples, 2).permute(2, 1, 0), IsMonteCarlo: false);
            BoundTerms terms = new(Tensors.Uniform(1 + batch, type, examples), [kl], Tensors.Normal(2 + batch, type, examples, 3));
            host.Add(terms, tensor(2.5, type));
            device.AddOnDevice(terms, tensor(2.5, type));
            read.AddOnDevice(terms, tensor(2.5, type));
            if (batch % 5 == 0)
                Assert.Equal(2.5, read.MeanLoss(), 1e-12);
        }

        Assert.Equal(host.Read().Examples, device.Read().Examples);
        device.AddDeferred();
        read.AddDeferred();
        Assert.Equal(Tensors.ToArray(device.Sums), Tensors.ToArray(read.Sums));

        Assert.All(
            Tensors.ToArray(device.Sums).Zip(Tensors.ToArray(host.Sums)), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-5));
    }

    [Fact]
    public void A_collapsed_conditional_model_with_spread_prior_means_has_no_active_unit()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var prior = (ConditionalPrior)Priors.Create("mean-variance", new ModelOptions { LatentSize = 5 }, 10, new WeightNoise(4));
        foreach (var parameter in prior.parameters())
            parameter.mul_(Number(20));
        using var model = Cvae.Create(
            new ImageShape(1, 2, 2), Condition.Label(10), o => o with { LatentSize = 5, Network = new() { Hidden = [4] } });
        using var sums = new TermAccumulator(model, CPU);
        var features = nn.functional.one_hot(arange(Number(0), Number(10), One, int64).repeat(20), 10).to(float32);
        // Collapsed: q(z|x,c) is p(z|c) and knows nothing of x, while the means of the labels lie far apart.
        var posterior = prior.At(features);
        Assert.True(posterior.Mean.std(0).min().item<float>() > 1);

        sums.Add(new BoundTerms(zeros(200), [new LatentVariable("z", posterior, prior.At(features), posterior.Mean, posterior.Mean)]));

        Assert.Equal(0, sums.Read().ActiveUnits);
    }
}
