using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class MixturePriorTests
{
    private static readonly ImageShape Shape = new(1, 6, 5);

    public static TheoryData<string> Names => [.. ModelVariants.Mixtures];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_density_integrates_to_one_over_the_plane(string name)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = Create(name);
        var (grid, area) = Grid();

        Assert.Equal(1, model.Prior.At(null).LogDensity(grid).exp().sum().item<double>() * area, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_divergence_by_Monte_Carlo_agrees_with_quadrature(string name)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = Create(name);
        const int draws = 100_000;
        var batch = new Batch(Tensors.Uniform(1, float64, 2, Shape.Pixels));
        var posterior = (DiagonalGaussian)model.Encode(batch.Values, null);
        var (grid, area) = Grid();
        var logPrior = model.Prior.At(null).LogDensity(grid);

        var terms = model.Terms(batch, Tensors.Normal(2, float64, draws, 2, 2));

        Assert.True(model.KlIsMonteCarlo);
        Assert.Null(posterior.KullbackLeibler(model.Prior.At(null)));
        var kl = Assert.Single(terms.KlTerms);
        Assert.True(kl.IsMonteCarlo);
        Assert.Equal([2, 1], kl.Parts.shape);
        for (var i = 0; i < 2; i++)
        {
            var own = new DiagonalGaussian(posterior.Mean[i].unsqueeze(0), posterior.LogVariance![i].unsqueeze(0));
            var logPosterior = own.LogDensity(grid);
            var density = logPosterior.exp();
            var ratios = logPosterior - logPrior;
            var exact = (density * ratios).sum().item<double>() * area;
            var variance = (density * (ratios - Number(exact)).Squared()).sum().item<double>() * area;
            Assert.True(exact > 0.05, $"A divergence of {exact} says little.");
            DiagonalGaussianTests.AssertWithin(exact, kl.Parts[i, 0].item<double>(), 4 * Math.Sqrt(variance / draws));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Importance_sampling_and_prior_Monte_Carlo_agree_with_quadrature(string name)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = Create(name);
        model.to(float32);
        var data = ModelVariants.Conditions(Shape);
        var report = LikelihoodEvaluation.Estimate(model, data, 20_000);
        var score = model.Score(data, 2_000).Average(each => each.NegativeElbo!.Value);

        model.to(float64);
        // A wider step: the decoder sees every point of the grid.
        var (grid, area) = Grid(0.1);
        var output = model.Decode(grid, null);
        var exact = 0.0;
        for (var i = 0; i < data.Count; i++)
        {
            var values = data.ToBytes().AsSpan(i * Shape.Pixels, Shape.Pixels).ToArray().Select(value => value / 255.0).ToArray();
            var pixels = tensor(values, [1, Shape.Pixels]);
            var joint = model.Likelihood.LogDensity(output, pixels.expand(grid.shape[0], Shape.Pixels))
                .Plus(model.Prior.At(null).LogDensity(grid));
            exact -= (joint.logsumexp(0).item<double>() + Math.Log(area)) / data.Count;
        }

        foreach (var estimate in new[] { report.ImportanceSampling, report.PriorMonteCarlo })
            DiagonalGaussianTests.AssertWithin(exact, estimate.Nats, 4 * estimate.MonteCarloStandardError!.Value + 1e-5);
        Assert.True(report.NegativeElbo.Nats > exact);
        Assert.Equal(report.NegativeElbo.Nats, score, 0.05);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_reads_back_with_its_prior_and_with_its_divergence_in_one_piece(string name)
    {
        using var folder = new TemporaryFolder();
        var data = ModelVariants.Conditions(Shape);
        using var model = LatentVariableModel.Create(
            new() { Shape = Shape, LatentSize = 2, Prior = name, Network = new() { Hidden = [8] } }, 1);
        var options = new TrainerOptions { Epochs = 2, BatchSize = 2, Directory = folder["run"], Validation = 1 };

        var result = new Trainer(model, options).Fit(data);
        using var run = Run.Load(folder["run"]);
        var rows = MetricsRow.Read(folder["run", "metrics.csv"]);

        Assert.Equal(name == "mixture" ? 10 : 100, run.Model.Prior.Components);
        Assert.Equal(name == "mixture" ? 10 : 100, run.Model.Options.PriorComponents);
        Assert.Equal(model.Sample(3).Values.ToArray(), run.Model.Sample(3).Values.ToArray());
        Assert.All(rows, row => Assert.True(row is { KlIsMonteCarlo: true, KlPerDimension: null, Kl: not null }));
        var terms = result.Epochs[^1].Validation!;
        Assert.True(terms is { KlIsMonteCarlo: true, KlPerDimension: null });
        Assert.Equal(terms.Kl, rows[^1].Kl);
        Assert.Equal(terms.Reconstruction + terms.Kl!.Value, result.Epochs[^1].ValidationLoss!.Value, 1e-9);
    }

    [Fact]
    public void Pseudo_inputs_are_images_and_differ_from_each_other()
    {
        using var model = Create("vamp");
        var images = ((VampPrior)model.Prior).PseudoInputs();

        Assert.Equal((Shape, 5), (images.Shape, images.Count));
        Assert.All(images.Values.ToArray(), value => Assert.InRange(value, 0f, 1f));
        Assert.NotEqual(images.Values[..Shape.Pixels].ToArray(), images.Values.Slice(Shape.Pixels, Shape.Pixels).ToArray());
    }

    [Fact]
    public void The_components_of_vamp_are_the_posteriors_at_its_pseudo_inputs()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = Create("vamp");
        var pixels = tensor(((VampPrior)model.Prior).PseudoInputs().Values.ToArray(), [5, Shape.Pixels]).to(float64);
        var z = Tensors.Normal(1, float64, 3, 2);

        var expected = ((DiagonalGaussian)model.Encode(pixels, null)).LogDensity(z.unsqueeze(1)).logsumexp(1) - Number(Math.Log(5));

        Assert.True(model.Prior.At(null).LogDensity(z).allclose(expected, 1e-5, 1e-5));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Models_that_do_not_fit_these_priors_are_rejected_on_creation(string name)
    {
        var options = new ModelOptions { Shape = Shape, Prior = name };
        Refused("condition", () => LatentVariableModel.Create(options with { Condition = Condition.Label(3) }));
        Refused("autoencoder", () => LatentVariableModel.Create(options with { Posterior = Posteriors.Point }));
        Refused("0 components", () => LatentVariableModel.Create(options with { PriorComponents = 0 }));
        Refused("no components", () => LatentVariableModel.Create(new() { Shape = Shape, PriorComponents = 3 }));
        using var model = LatentVariableModel.Create(options);
        var data = ModelVariants.Conditions(Shape);
        Refused("Gaussian", () => new Trainer(model, new() { Objective = new() { Kind = "beta-tc" } }).Check(data, null));
        Refused("Gaussian", () => new Trainer(model, new() { Objective = new() { Kind = "hybrid" } }).Check(data, null));
        Refused("FreeBits", () => new Trainer(model, new() { Objective = new() { FreeBits = 0.1 } }).Check(data, null));

        static void Refused(string because, Action action) =>
            Assert.Contains(because, Assert.Throws<SettingsException>(action).Message, StringComparison.OrdinalIgnoreCase);
    }

    // Parameters away from where they start, so that weights and variances of the components differ.
    private static LatentVariableModel Create(string name)
    {
        var model = LatentVariableModel.Create(
            new()
            {
                Shape = Shape,
                LatentSize = 2,
                Prior = name,
                PriorComponents = 5,
                Network = new() { Hidden = [7], Activation = "tanh" },
            },
            3);
        model.to(float64);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        ulong seed = 20;
        foreach (var parameter in model.parameters())
            parameter.add_(Tensors.Normal(seed++, float64, parameter.shape) * Number(0.3), One);
        return model;
    }

    private static (Tensor Grid, double Area) Grid(double step = 0.04)
    {
        var line = arange(Number(-12), Number(12), Number(step), float64);
        return (cartesian_prod(line, line), step * step);
    }
}
