using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class ImportanceWeightedBoundTests
{
    private static readonly ObjectiveOptions FiveDraws = new() { Kind = "iwae", Samples = 5 };

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 7)]
    [InlineData(true, 1)]
    [InlineData(true, 7)]
    public void With_the_exact_posterior_it_is_the_likelihood_whatever_is_drawn(bool conditional, int draws)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var linear = new LinearGaussian(conditional, error: 0);
        var batch = linear.Examples(6);
        var objective = new WeightedObjective(FiveDraws with { Samples = draws }, Probe.Bound);

        var loss = objective.Loss(linear.Model.Terms(batch, Noise(draws, 6)), objective.FinalWeights).item<double>();

        Assert.Equal(-linear.LogDensity(batch).Average(), loss, 1e-10);
    }

    [Fact]
    public void With_another_posterior_it_falls_from_the_bound_to_the_likelihood_as_draws_are_added()
    {
        const double error = 1;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var linear = new LinearGaussian(conditional: true, error);
        // One example as often as it takes for a mean over repetitions.
        var one = linear.Examples(1);
        var batch = new Batch(one.Values.expand(20_000, LinearGaussian.Values), one.Features?.expand(20_000, -1));
        var likelihood = linear.LogDensity(one)[0];

        var losses = new[] { 1, 2, 8, 64 }.Select(draws =>
        {
            using var inner = NewDisposeScope();
            var objective = new WeightedObjective(FiveDraws with { Samples = draws }, Probe.Bound);
            return objective.Loss(linear.Model.Terms(batch, Noise(draws, 20_000)), objective.FinalWeights).item<double>();
        }).ToList();

        // KL(q || true posterior) is half the squared error of each of two dimensions.
        Assert.Equal(-likelihood + error * error, losses[0], 0.05);
        Assert.Equal(losses.OrderDescending(), losses);
        Assert.InRange(losses[^1], -likelihood - 0.01, -likelihood + 0.1);
    }

    [Fact]
    public void A_run_reports_the_plain_terms_and_the_loss_that_was_minimised()
    {
        using var folders = new TemporaryFolder();
        using var model = SmallRuns.Model();

        var result = new Trainer(model, SmallRuns.Options(folders["run"]) with { Objective = FiveDraws, Epochs = 4, LearningRate = 0.01 })
            .Fit(SmallRuns.Data);

        Assert.All(result.Epochs, epoch =>
        {
            Assert.Equal(epoch.Validation!.NegativeElbo!.Value, epoch.Validation.Reconstruction + epoch.Validation.Kl!.Value, 1e-9);
            Assert.InRange(epoch.Validation.NegativeElbo.Value - epoch.ValidationLoss!.Value, 1e-3, 10);
            Assert.InRange(epoch.Train.NegativeElbo!.Value - epoch.TrainLoss, 1e-3, 10);
        });
        Assert.True(result.Epochs[^1].ValidationLoss < result.Epochs[0].ValidationLoss);
        var test = MetricsRow.Read(Path.Combine(folders["run"], "metrics.csv"))[^1];
        Assert.Equal("test", test.Split);
        var data = model.Reader(SmallRuns.Data.Test, Binarization.None, 0, RandomPurpose.EvaluationBinarization);
        var objective = new WeightedObjective(FiveDraws, Probe.Bound);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var batch = data.Slice(0, data.Count);
        var expected = objective.Loss(model.Terms(batch, model.EvaluationNoise(batch, 5, 0)), objective.FinalWeights);
        Assert.Equal(expected.item<float>(), test.Loss, 1e-4);
    }

    public static TheoryData<ObjectiveOptions> Refused { get; } =
    [
        FiveDraws with { KlWeight = 2 },
        FiveDraws with { KlWeight = new LinearWarmUp(0, 1, 10) },
        FiveDraws with { ReconstructionWeight = 2 },
        FiveDraws with { FreeBits = 0.1 },
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public void It_takes_no_weights(ObjectiveOptions options)
    {
        var refused = Assert.Throws<SettingsException>(() => new WeightedObjective(options, Probe.Bound));
        Assert.Contains("'iwae'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_autoencoder_is_rejected() => Assert.Throws<SettingsException>(() => new WeightedObjective(FiveDraws, Probe.Point));

    private static Tensor Noise(int draws, long examples) => draws == 1
        ? Tensors.Normal(8, float64, examples, LinearGaussian.Latent)
        : Tensors.Normal(8, float64, draws, examples, LinearGaussian.Latent);
}
