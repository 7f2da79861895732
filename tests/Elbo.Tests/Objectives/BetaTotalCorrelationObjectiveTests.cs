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
            using var model = Vae.Create(SmallRuns.Data.Shape, new() { LatentSize = 3, Network = new() { Hidden = [12] } });
            var options = SmallRuns.Options(null) with { Epochs = 60, LearningRate = 0.01, BatchSize = 70, Objective = objective };
            var result = new Trainer(model, options).Fit(SmallRuns.Data);
            using var data = new TensorDataset(SmallRuns.Data.Train, Binarization.None, 0, RandomPurpose.EvaluationBinarization, torch.CPU);
            using var coordinates = PosteriorCoordinates.Of(model, data)!;
            return (result.Test!, KlDecomposition.Of(coordinates, 1).TotalCorrelation.Nats);
        }
    }

    [Fact]
    public void Free_bits_several_draws_and_an_autoencoder_are_refused()
    {
        Assert.Throws<ConfigurationException>(() => new WeightedObjective(Options with { FreeBits = 0.1 }, Probe.Bound));
        Assert.Throws<ConfigurationException>(() => new WeightedObjective(Options with { Samples = 2 }, Probe.Bound));
        Assert.Throws<ConfigurationException>(() => new WeightedObjective(Options, Probe.Point));
    }
}
