namespace Elbo.Tests;

public class CapacityObjectiveTests
{
    private static readonly ObjectiveOptions Options = new() { Kind = "capacity", KlWeight = 50, Capacity = new LinearWarmUp(0, 2, 300) };

    [Fact]
    public void A_trained_model_has_the_KL_that_it_was_told_to_have()
    {
        foreach (var capacity in new[] { 0.5, 2 })
        {
            using var model = SmallRuns.Model();
            var options = SmallRuns.Options(null) with
            {
                Epochs = 80,
                LearningRate = 0.003,
                Objective = Options with { Capacity = new LinearWarmUp(0, capacity, 300) },
            };

            var objective = new WeightedObjective(options.Objective, Probe.Bound);
            var result = new Trainer(model, options).Fit(SmallRuns.Data);

            Assert.Equal(capacity, result.Epochs[^1].Train.Kl!.Value, 0.1);
            Assert.Equal(
                result.Test!.Reconstruction + 50 * Math.Abs(result.Test.Kl!.Value - capacity),
                result.Test.Loss(objective, objective.FinalWeights),
                1e-9);
        }
    }

    [Fact]
    public void A_capacity_that_does_not_end_within_the_run_is_rejected()
    {
        var refused = Assert.Throws<SettingsException>(() =>
                new WeightedObjective(Options, Probe.Bound).EnsureSchedulesFit(299));
        Assert.Contains("capacity", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_free_bits_nor_an_autoencoder_nor_another_objective_has_a_capacity()
    {
        Assert.Throws<SettingsException>(() =>
                new WeightedObjective(Options with { FreeBits = 0.1 }, Probe.Bound));
        Assert.Throws<SettingsException>(() =>
                new WeightedObjective(Options, Probe.Point));
        foreach (var kind in new[] { "elbo", "iwae" })
        {
            var refused = Assert.Throws<SettingsException>(() =>
                new WeightedObjective(new ObjectiveOptions { Kind = kind, Capacity = 3 }, Probe.Bound));
            Assert.Contains($"'{kind}' has no capacity", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_written_form_of_a_configuration_brings_it_back() =>
        Assert.Equal(Options, Json.Read<ObjectiveOptions>(Json.Write(Options), "a test"));
}
