using TorchSharp;

namespace Elbo.Tests;

public class MemoryLimitTests
{
    [Fact]
    public void A_step_that_cannot_fit_into_memory_is_refused_before_it_is_taken()
    {
        // 200,000 x 200,000 pairs of 20 dimensions are 3.2 TB, although the data are 200 kB.
        var rows = new RowDataset(ValueShape.Vector(1), new float[200_000]);
        using var model = Vae.Create(rows.Shape, o => o with { LatentSize = 20, Network = new() { Hidden = [4] } });
        var objective = new ObjectiveOptions { Kind = Objectives.BetaTotalCorrelation, KlWeight = 4 };
        var options = new TrainerOptions { BatchSize = 200_000, Validation = 0, Objective = objective };

        var refused = Assert.Throws<SettingsException>(() => new Trainer(model, options).Check(rows));

        Assert.Contains("GiB", refused.Message, StringComparison.Ordinal);
        Assert.Contains("BatchSize", refused.Message, StringComparison.Ordinal);
        new Trainer(model, options with { BatchSize = 200 }).Check(rows);
    }

    [Fact]
    public void What_is_counted_is_less_than_what_a_step_holds()
    {
        using var model = SmallRuns.Model();
        var objective = new WeightedObjective(new ObjectiveOptions { Samples = 3 }, () => ModelTerms.Probe(model));

        var counted = MemoryLimit.CountNumbers(model, objective, 16);

        // By hand: 36 values and, with the label's 3 features, 12 hidden units in each network, means and variances, and 36 logits.
        Assert.InRange(counted, 16 * 3 * (36 + 12 + 12 + 36), 16 * 3 * (36 + 39 + 12 + 6 + 15 + 12 + 36 + 36));
        Assert.Throws<SettingsException>(() => MemoryLimit.Ensure(model, objective, 16, torch.CPU, available: 1000));
        MemoryLimit.Ensure(model, objective, 16, torch.CPU, available: 1 << 20);
    }

    [Fact]
    public void Weights_that_do_not_fit_into_memory_with_their_moments_ask_for_smaller_layers()
    {
        using var model = SmallRuns.Model();
        var objective = new WeightedObjective(new ObjectiveOptions(), () => ModelTerms.Probe(model));
        var weights = model.parameters().Sum(parameter => parameter.numel());

        var refused = Assert.Throws<SettingsException>(
            () => MemoryLimit.Ensure(model, objective, 1, torch.CPU, available: weights * 3 * sizeof(float) - 1));

        Assert.EndsWith("choose smaller layers.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_a_checkpoint_cannot_hold_are_refused_before_they_are_drawn()
    {
        var refused = Assert.Throws<SettingsException>(() => new WeightNoise(1).Uniform(30_000, 30_000));

        Assert.Contains("weights of 30000x30000", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("choose smaller layers.", refused.Message, StringComparison.Ordinal);
    }
}
