namespace Elbo.Studio.Tests;

public class CompletionServiceTests(ModelServicesFixture fixture) : IClassFixture<ModelServicesFixture>
{
    private readonly CompletionService _completions = fixture.Services.Completions;

    [Fact]
    public void What_is_visible_stays_in_every_completion_and_what_is_hidden_is_grey_in_what_the_model_sees()
    {
        foreach (var region in _completions.Regions)
        {
            var completed = _completions.Complete(new(region.Id, PictureChoice.Test(4), Count: 5));
            Assert.Equal(5, completed.Completions.Count);
            for (var pixel = 0; pixel < 784; pixel++)
            {
                var truth = completed.Truth[0][pixel];
                if (!completed.VisiblePixels[pixel])
                {
                    Assert.Equal(0.5f, completed.Visible[0][pixel]);
                    continue;
                }

                Assert.Equal(truth, completed.Visible[0][pixel]);
                Assert.All(Enumerable.Range(0, 5), k => Assert.Equal(truth, completed.Completions[k][pixel]));
                Assert.Equal(0, completed.Spread[0][pixel], 1e-6f);
            }
        }
    }

    [Fact]
    public void Mean_and_spread_are_those_of_the_completions()
    {
        var completed = _completions.Complete(new("visible-quadrants-1", PictureChoice.Test(11), Count: 8, Seed: 3));
        foreach (var pixel in (int[])[100, 300, 350, 406])
        {
            double[] values = [.. Enumerable.Range(0, 8).Select(k => (double)completed.Completions[k][pixel])];
            Assert.Equal(values.Average(), completed.Mean[0][pixel], 1e-5);
            Assert.Equal(Math.Sqrt(values.Average(value => Math.Pow(value - values.Average(), 2))), completed.Spread[0][pixel], 1e-5);
        }
    }

    [Fact]
    public void The_more_is_visible_the_less_the_completions_differ()
    {
        Assert.True(MeanSpread("visible-quadrants-3") < MeanSpread("visible-left-half"));
        Assert.True(MeanSpread("visible-left-half") < MeanSpread("visible-quadrants-1"));
    }

    [Fact]
    public void A_model_that_completes_nothing_is_refused()
    {
        Assert.Throws<ConfigurationException>(() => _completions.Complete(new("kl-1", PictureChoice.Test(0))));
        Assert.Throws<ConfigurationException>(() => _completions.Complete(new("visible-quadrants-1", PictureChoice.Test(0), Count: 1000)));
    }

    // Over the pictures, the sum over pixels: what is hidden differs in size.
    private double MeanSpread(string model) => Enumerable.Range(0, 20)
        .Average(picture => _completions.Complete(new(model, PictureChoice.Test(picture))).Spread.Values.ToArray().Sum(value => (double)value));
}
