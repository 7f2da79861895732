using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class AggregatePosteriorTests
{
    [Fact]
    public void Its_moments_are_those_of_draws_from_all_posteriors()
    {
        using var scope = NewDisposeScope();
        var (mean, logVariance) = ((Tensors.Normal(1, float64, 40, 3) * Number(2)).Plus(1), Tensors.Normal(2, float64, 40, 3) - One);
        using var coordinates = new PosteriorCoordinates(mean, logVariance, null);

        var aggregate = AggregatePosterior.Of(coordinates);

        const int draws = 50_000;
        var u = mean.Plus((logVariance / Number(2)).exp() * Tensors.Normal(3, float64, draws, 40, 3)).flatten(0, 1);
        for (var j = 0; j < 3; j++)
        {
            var (m, v) = (aggregate.Mean[j], aggregate.Variance[j]);
            Assert.Equal(u.select(1, j).mean().item<double>(), m, 4 * Math.Sqrt(v / (40 * draws)));
            Assert.Equal(u.select(1, j).var(unbiased: false).item<double>(), v, 0.02 * v);
        }

        var moments = new DiagonalGaussian(tensor(aggregate.Mean.ToArray()), tensor(aggregate.Variance.ToArray()).log());
        var expected = moments.KullbackLeibler(new DiagonalGaussian(zeros(3, float64))).sum().item<double>();
        Assert.Equal(expected, aggregate.Mismatch, 1e-10);
    }

    [Fact]
    public void A_model_whose_posterior_is_its_prior_has_no_mismatch_under_any_label()
    {
        using var scope = NewDisposeScope();
        using var linear = new LinearGaussian(conditional: true, error: 0);
        using var _ = no_grad();
        // Over data that the model itself has drawn, the average of the true posterior is the prior.
        var batch = linear.Examples(60_000);
        var features = batch.Features;
        var posterior = (DiagonalGaussian)linear.Model.Encode(batch.Values, features);
        var prior = ((GaussianPrior)linear.Model.Prior).At(features);
        using var coordinates = new PosteriorCoordinates(
            prior.Standardize(posterior.Mean), posterior.LogVariance! - prior.LogVariance!, batch.Labels);

        Assert.InRange(AggregatePosterior.Of(coordinates).Mismatch, 0, 1e-3);
        Assert.All(AggregatePosterior.ByGroup(coordinates, 3), group => Assert.InRange(group!.Mismatch, 0, 1e-3));
        Assert.Null(AggregatePosterior.ByGroup(coordinates, 4)[3]);
    }

    [Fact]
    public void The_coordinates_of_a_split_are_those_of_its_prior()
    {
        using var model = SmallRuns.Model();
        var data = model.Reader(SmallRuns.Data.Test, Binarization.None, 0, RandomPurpose.EvaluationBinarization);
        var live = LiveTensors.OfThisThread;
        using (var coordinates = PosteriorCoordinates.Of(model, data)!)
        {
            Assert.Equal([50, 3], coordinates.Mean.shape);
            var terms = SplitEvaluation.Evaluate(model, data, 1, 0);
            using var scope = NewDisposeScope();
            var kl = (coordinates.Mean.Squared().Plus(coordinates.LogVariance.exp()) - coordinates.LogVariance - One).mean([0]) / Number(2);
            Assert.All(Tensors.ToArray(kl).Zip(terms.KlPerDimension!), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
        }

        Assert.Equal(live, LiveTensors.OfThisThread);
        using var autoencoder = Autoencoder.Create(SmallRuns.Data.Shape);
        Assert.Null(PosteriorCoordinates.Of(autoencoder, data));
    }
}
