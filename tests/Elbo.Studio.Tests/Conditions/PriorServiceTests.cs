namespace Elbo.Studio.Tests;

public class PriorServiceTests(ModelServicesFixture fixture) : IClassFixture<ModelServicesFixture>
{
    private readonly PriorService _priors = fixture.Services.Priors;

    [Fact]
    public void The_standard_prior_is_the_unit_circle_for_every_label()
    {
        Assert.Equal(6, _priors.All.Count);
        foreach (var priors in _priors.All.Where(priors => priors.Model.Prior == "standard"))
            Assert.All(priors.Ellipses, ellipse => Assert.Equal(new PriorEllipse(ellipse.Label, 0, 0, 1, 1), ellipse));
    }

    [Fact]
    public void The_prior_mean_moves_the_circles_and_mean_variance_also_changes_their_shape()
    {
        Assert.All(Ellipses("label-mean"), ellipse => Assert.Equal((1.0, 1.0), (ellipse.DeviationX, ellipse.DeviationY)));
        Assert.Equal(10, Ellipses("label-mean").DistinctBy(ellipse => ellipse.X).Count());
        Assert.Contains(Ellipses("label-mean-variance"), ellipse => Math.Abs(ellipse.DeviationX - 1) > 0.05);
    }

    [Fact]
    public void Without_the_label_in_the_decoder_the_priors_move_apart()
    {
        Assert.True(Distance("label-mean-hidden") > 2 * Distance("label-mean"));
        Assert.True(Distance("label-mean-variance-hidden") > 2 * Distance("label-mean-variance"));
    }

    [Theory]
    [InlineData("label-standard")]
    [InlineData("label-mean-hidden")]
    [InlineData("label-mean-variance")]
    public void The_samples_equal_those_of_the_library(string model)
    {
        var samples = _priors.Draw(new(model, Label: 6, Count: 20, Seed: 2));
        var expected = fixture.Services.Bundled.Load(model).Sample(20, label: 6, seed: 2);
        Assert.All(samples.Images.Values.ToArray().Zip(expected.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
    }

    [Fact]
    public void The_samples_of_another_label_are_shifted()
    {
        var six = _priors.Draw(new("label-mean", 6));
        var one = _priors.Draw(new("label-mean", 1));
        var (x, y) = (one.Prior.X - six.Prior.X, one.Prior.Y - six.Prior.Y);
        Assert.All(six.Codes.Zip(one.Codes), pair =>
        {
            Assert.Equal(pair.First.X + x, pair.Second.X, 1e-9);
            Assert.Equal(pair.First.Y + y, pair.Second.Y, 1e-9);
        });
    }

    [Fact]
    public void Unknown_labels_and_models_are_refused()
    {
        Assert.Throws<SettingsException>(() => _priors.Draw(new("label-mean", 10)));
        Assert.Throws<SettingsException>(() => _priors.Draw(new("kl-1", 1)));
        Assert.Throws<SettingsException>(() => _priors.Draw(new("label-mean", 1, Count: 0)));
    }

    private IReadOnlyList<PriorEllipse> Ellipses(string model) => _priors.All.Single(priors => priors.Model.Id == model).Ellipses;

    // The root mean square distance between the priors of two labels, relative to their mean sigma.
    private double Distance(string model)
    {
        var ellipses = Ellipses(model);
        var pairs = from a in ellipses from b in ellipses where a.Label < b.Label select (a, b);
        var spread = ellipses.Average(ellipse => (ellipse.DeviationX + ellipse.DeviationY) / 2);
        return Math.Sqrt(pairs.Average(pair => Math.Pow(pair.a.X - pair.b.X, 2) + Math.Pow(pair.a.Y - pair.b.Y, 2))) / spread;
    }
}
