using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>The baselines of Sohn, Lee and Yan (2015): no code, a code from the prior, and the bound mixed with the latter.</summary>
public class BaselineTests
{
    private const int BatchSize = 3;

    [Fact]
    public void Without_a_code_the_reconstruction_is_the_density_of_what_is_predicted_whatever_the_noise()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = ModelVariants.Create("quadrants-2, deterministic").Model;
        var batch = Batch(model);

        var terms = model.Terms(batch, zeros(BatchSize, 0));

        Assert.Equal(0, model.LatentSize);
        Assert.Empty(terms.KlTerms);
        var p = Tensors.ToArray(model.Likelihood.Mean(model.Decode(zeros(BatchSize, 0), batch.Features)));
        var (x, hidden) = (Tensors.ToArray(batch.Values), Tensors.ToArray(batch.Target!));
        for (var example = 0; example < BatchSize; example++)
        {
            var nats = 0.0;
            for (var value = 0; value < hidden.Length; value++)
            {
                var i = example * hidden.Length + value;
                nats -= hidden[value] * (x[i] * Math.Log(p[i]) + (1 - x[i]) * Math.Log(1 - p[i]));
            }

            Assert.Equal(nats, Tensors.ToArray(terms.Reconstruction)[example], 1e-4);
        }
    }

    [Fact]
    public void A_prediction_is_the_same_for_every_draw_and_every_seed()
    {
        using var model = ModelVariants.Create("label, deterministic").Model;

        var images = model.Sample(2, label: 1, seed: 1);

        // But for the last bit, in which a row of a product depends on its place.
        Assert.Equal(images[0].ToArray(), images[1].ToArray(), (left, right) => Math.Abs(left - right) < 1e-6);
        Assert.Equal(images.Values.ToArray(), model.Sample(2, label: 1, seed: 2).Values.ToArray());
        Assert.NotEqual(images.Values.ToArray(), model.Sample(2, label: 2, seed: 1).Values.ToArray());
        Assert.Throws<SettingsException>(() => model.Encode(ModelVariants.Conditions(model.Shape)));
    }

    [Theory]
    [InlineData("label, gsnn, prior mean")]
    [InlineData("quadrants-2, gsnn, prior mean-variance")]
    public void A_code_from_the_prior_is_independent_of_the_image(string name)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = ModelVariants.Create(name).Model;
        var batch = Batch(model);
        var features = batch.Features;
        var noise = Tensors.Normal(1, float32, BatchSize, model.LatentSize);

        var posterior = (DiagonalGaussian)model.Encode(batch.Values, features);

        Assert.Equal(Tensors.ToArray(model.Prior.At(features).Sample(noise)), Tensors.ToArray(posterior.Sample(noise)));
        Assert.Equal(Tensors.ToArray(posterior.Mean), Tensors.ToArray(model.Encode(One.Minus(batch.Values), features).Mean));
        Assert.DoesNotContain(model.named_parameters(), named => named.name.StartsWith("encoder", StringComparison.Ordinal));
        var report = LikelihoodEvaluation.Estimate(model, ModelVariants.Conditions(model.Shape), 4_000);
        // Importance sampling from the prior is prior Monte Carlo, but for its own draws.
        var error = 4 * (report.ImportanceSampling.MonteCarloStandardError!.Value + report.PriorMonteCarlo.MonteCarloStandardError!.Value);
        Assert.Equal(report.PriorMonteCarlo.Nats, report.ImportanceSampling.Nats, error);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.9)]
    public void The_hybrid_is_its_share_of_the_bound_and_the_rest_of_the_density_by_codes_from_the_prior(double share)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = ModelVariants.Create("label+top-half, hybrid, prior mean-variance").Model;
        var batch = Batch(model);
        var (features, noise) = (batch.Features, Tensors.Normal(1, float32, 5, BatchSize, model.LatentSize));
        var objective = new WeightedObjective(new() { Kind = "hybrid", BoundShare = share, Samples = 5 }, Probe.Bound);

        var terms = model.Terms(batch, noise);
        var loss = objective.Loss(terms, objective.FinalWeights).item<float>();

        var bound = terms.Reconstruction.Plus(terms.KlTerms[0].Parts.sum(-1)).mean().item<float>();
        var total = 0.0;
        foreach (var draw in Enumerable.Range(0, 5))
        {
            var output = model.Decode(model.Prior.At(features).Sample(noise[draw]), features);
            total -= model.Likelihood.LogDensity(output, batch.Values, batch.Target).mean().item<float>() / 5;
        }

        Assert.Equal(share * bound + (1 - share) * total, loss, 1e-4);
    }

    [Theory]
    [InlineData("none", "elbo", "Objective 'reconstruction'")]
    [InlineData("prior", "elbo", "Objective 'reconstruction'")]
    [InlineData("prior", "hybrid", "KL term")]
    public void A_baseline_with_an_objective_that_needs_a_posterior_is_rejected(string posterior, string objective, string reason)
    {
        using var model = Cvae.Create(SmallRuns.Data.Shape, Condition.Label(3), o => o with { LatentSize = 3, Posterior = posterior });
        var refused = Assert.Throws<SettingsException>(
            () => new Trainer(model, SmallRuns.Options(null) with { Objective = new() { Kind = objective } }).Fit(SmallRuns.Data));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_hybrid_without_one_of_its_halves_is_rejected(double share) => Assert.Throws<SettingsException>(
        () => new WeightedObjective(new() { Kind = "hybrid", BoundShare = share }, Probe.Bound));

    [Fact]
    public void A_share_of_the_bound_is_rejected_by_other_objectives() => Assert.Throws<SettingsException>(
        () => new WeightedObjective(new() { BoundShare = 0.9 }, Probe.Bound));

    [Fact]
    public void Without_a_condition_nothing_can_be_predicted() => Assert.Throws<SettingsException>(
        () => Vae.Create(SmallRuns.Data.Shape, o => o with { Posterior = "none" }));

    [Theory]
    [InlineData("none", "reconstruction")]
    [InlineData("prior", "reconstruction")]
    [InlineData("gaussian", "hybrid")]
    public void A_baseline_is_trained_recorded_and_opened_again(string posterior, string objective)
    {
        using var folder = new TemporaryFolder();
        using var model = Cvae.Create(
            SmallRuns.Data.Shape,
            Condition.Label(3),
            o => o with { LatentSize = 3, Posterior = posterior, Network = new() { Hidden = [12] } });
        var options = SmallRuns.Options(folder["run"]) with { Objective = new() { Kind = objective }, Epochs = 12 };

        var result = new Trainer(model, options).Fit(SmallRuns.Data);

        Assert.True(result.Epochs[^1].TrainLoss < result.Epochs[0].TrainLoss - 1);
        using var again = Run.Load(folder["run"]);
        Assert.Equal(model.Sample(2, 1).Values.ToArray(), again.Model.Sample(2, 1).Values.ToArray());
        Assert.Equal(13, again.Resume(SmallRuns.Data, epochs: 13).Epochs[^1].Epoch);
    }

    private static Batch Batch(LatentVariableModel model) => new TensorExamples(
        Tensors.Uniform(2, float32, BatchSize, model.Shape.Size), [0, 1, 2], Tensors.Normal(3, float32, BatchSize, 2)).For(model.Condition);
}
