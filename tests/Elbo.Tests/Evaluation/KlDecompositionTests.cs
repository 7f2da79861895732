using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class KlDecompositionTests
{
    private const double Correlation = 0.8;
    private const double Spread = 0.6;

    // Means from N(0, [1 r; r 1]) and posteriors N(mean, s² I): their average is N(0, [1 + s², r; r, 1 + s²]), up to how the means fell.
    private static readonly double Variance = 1 + Spread * Spread;

    private static readonly double TotalCorrelationOfAll = -0.5 * Math.Log(1 - Math.Pow(Correlation / Variance, 2));

    [Fact]
    public void Its_parts_are_those_of_Gaussians_in_closed_form()
    {
        using var scope = NewDisposeScope();
        using var coordinates = Correlated(20_000);

        var parts = KlDecomposition.Of(coordinates, seed: 1);

        var determinant = Variance * Variance - Correlation * Correlation;
        AssertAgrees(0.5 * Math.Log(determinant / Math.Pow(Spread, 4)), parts.MutualInformation);
        AssertAgrees(TotalCorrelationOfAll, parts.TotalCorrelation);
        AssertAgrees(Variance - 1 - Math.Log(Variance), parts.DimensionWise);
        Assert.Equal(1_000, parts.Draws);

        static void AssertAgrees(double expected, MeanEstimate estimate)
        {
            Assert.InRange(estimate.StandardError, 0.001, 0.05);
            Assert.Equal(expected, estimate.Nats, 4 * estimate.StandardError);
        }
    }

    [Fact]
    public void They_add_up_to_the_divergence_of_a_split()
    {
        using var model = SmallRuns.Model();
        new Trainer(model, SmallRuns.Options(null) with { Epochs = 20, LearningRate = 0.01 }).Fit(SmallRuns.Data);
        var data = model.Reader(SmallRuns.Data.Train, Binarization.None, 0, RandomPurpose.EvaluationBinarization);
        using var coordinates = PosteriorCoordinates.Of(model, data)!;
        var live = LiveTensors.OfThisThread;

        var parts = KlDecomposition.Of(coordinates, seed: 3);

        Assert.Equal(live, LiveTensors.OfThisThread);
        Assert.Equal(160, parts.Draws);
        Assert.InRange(parts.MutualInformation.Nats, 0, Math.Log(160) + 1e-6);
        var sum = parts.MutualInformation.Nats + parts.TotalCorrelation.Nats + parts.DimensionWise.Nats;
        var error = parts.MutualInformation.StandardError + parts.TotalCorrelation.StandardError + parts.DimensionWise.StandardError;
        Assert.Equal(SplitEvaluation.Evaluate(model, data, 1, 0).Kl!.Value, sum, 4 * error);
        Assert.Equal(parts, KlDecomposition.Of(coordinates, seed: 3));
        Assert.NotEqual(parts, KlDecomposition.Of(coordinates, seed: 4));
    }

    [Fact]
    public void The_total_correlation_that_the_objective_estimates_is_that_of_the_batch()
    {
        using var scope = NewDisposeScope();
        using var coordinates = Correlated(2_000);
        var posterior = new DiagonalGaussian(coordinates.Mean, coordinates.LogVariance);

        var estimates = TotalCorrelation.Estimate(posterior, Tensors.Normal(9, float64, 2_000, 2));

        Assert.Equal(TotalCorrelationOfAll, estimates.mean().item<double>(), 4 * estimates.std().item<double>() / Math.Sqrt(2_000));
    }

    private static PosteriorCoordinates Correlated(int examples)
    {
        var first = Tensors.Normal(1, float64, examples, 1);
        var second = (first * Number(Correlation))
            .Plus(Tensors.Normal(2, float64, examples, 1) * Number(Math.Sqrt(1 - Correlation * Correlation)));
        return new PosteriorCoordinates(
            cat([first, second], 1), full([examples, 2], Number(2 * Math.Log(Spread)), float64), null);
    }
}
