using TorchSharp;

namespace Elbo.Tests;

public class BetaTotalCorrelationObjectiveTests
{
    private static readonly ObjectiveOptions Options = new() { Kind = "beta-tc" };

    [Fact]
    public void At_a_weight_of_one_a_run_is_that_of_the_bound_and_at_a_higher_one_the_dimensions_are_less_correlated()
    {
        var (bound, one, heavy) = (Train(new()), Train(Options), Train(Options with { KlWeight = 50 }));

        Assert.Equal(bound.Terms.NegativeElbo!.Value, one.Terms.NegativeElbo!.Value, 1e-3);
        Assert.InRange(bound.TotalCorrelation, 0.05, 10);
        Assert.InRange(heavy.TotalCorrelation, -0.1, bound.TotalCorrelation / 2);

        static (SplitTerms Terms, double TotalCorrelation) Train(ObjectiveOptions objective)
        {
            // With a weight on the reconstruction, so that the blobs are worth more than one dimension.
            objective = objective with { ReconstructionWeight = 20 };
            using var model = Vae.Create(SmallRuns.Data.Shape, o => o with { LatentSize = 3, Network = new() { Hidden = [12] } });
            var options = SmallRuns.Options(null) with { Epochs = 60, LearningRate = 0.01, BatchSize = 70, Objective = objective };
            var result = new Trainer(model, options).Fit(SmallRuns.Data);
            var data = model.Reader(SmallRuns.Data.Train, Binarization.None, 0, RandomPurpose.EvaluationBinarization);
            using var coordinates = PosteriorCoordinates.Of(model, data)!;
            return (result.Test!, KlDecomposition.Of(coordinates, 1).TotalCorrelation.Nats);
        }
    }

    [Fact]
    public void A_split_is_evaluated_in_batches_of_the_size_of_training()
    {
        using var model = Vae.Create(SmallRuns.Data.Shape, o => o with { LatentSize = 3, Network = new() { Hidden = [12] } });
        // With a weight on the reconstruction, so that the posteriors are apart from each other.
        var weighted = Options with { ReconstructionWeight = 20 };
        var options = SmallRuns.Options(null) with { Epochs = 20, LearningRate = 0.01, Objective = weighted };
        var result = new Trainer(model, options).Fit(SmallRuns.Data);
        Assert.Equal((16, 16), (result.Epochs[0].Validation!.AuxiliaryBatchSize, result.Test!.AuxiliaryBatchSize));
        var data = model.Reader(SmallRuns.Data.Train, Binarization.None, 0, RandomPurpose.EvaluationBinarization);
        var objective = new WeightedObjective(Options, () => ModelTerms.Probe(model));
        var expected = 0.0;
        for (var start = 0; start < data.Count; start += 16)
        {
            using var scope = torch.NewDisposeScope();
            using var _ = torch.no_grad();
            var batch = data.Slice(start, Math.Min(16, data.Count - start));
            var terms = model.Terms(batch, model.EvaluationNoise(batch, 1, 0));
            expected += objective.Auxiliary(terms)!.sum().item<float>() / data.Count;
        }

        var small = SplitEvaluation.Evaluate(model, data, 1, 0, objective, trainingBatchSize: 16);
        var large = SplitEvaluation.Evaluate(model, data, 1, 0, objective, trainingBatchSize: 160);

        Assert.Equal((16, 160), (small.AuxiliaryBatchSize, large.AuxiliaryBatchSize));
        Assert.Equal(expected, small.Auxiliary!.Value, 1e-4);
        // What the estimate comes to depends on the batch: this is why its size is that of training, and is reported.
        Assert.True(Math.Abs(small.Auxiliary.Value - large.Auxiliary!.Value) > 0.1);
        Assert.Equal(small.NegativeElbo!.Value, large.NegativeElbo!.Value, 1e-6);
    }

    [Fact]
    public void Free_bits_several_draws_and_an_autoencoder_are_rejected()
    {
        Assert.Throws<SettingsException>(() => new WeightedObjective(Options with { FreeBits = 0.1 }, Probe.Bound));
        Assert.Throws<SettingsException>(() => new WeightedObjective(Options with { Samples = 2 }, Probe.Bound));
        Assert.Throws<SettingsException>(() => new WeightedObjective(Options, Probe.Point));
    }
}
