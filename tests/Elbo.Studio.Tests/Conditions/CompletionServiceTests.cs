namespace Elbo.Studio.Tests;

public class CompletionServiceTests(ModelServicesFixture fixture) : IClassFixture<ModelServicesFixture>
{
    private readonly CompletionService _completions = fixture.Services.Completions;

    [Fact]
    public void Completions_keep_the_visible_pixels_and_the_model_input_is_grey_elsewhere()
    {
        foreach (var region in _completions.Regions)
        {
            var completed = _completions.Complete(new(region.Id, ImageChoice.Test(4), Count: 5));
            Assert.Equal(5, completed.Drawn.Count);
            var isVisible = ((RegionCondition)fixture.Services.Bundled.Load(region.Id).Condition!).VisiblePixels;
            for (var pixel = 0; pixel < 784; pixel++)
            {
                var truth = completed.Truth[0][pixel];
                if (!isVisible[pixel])
                {
                    Assert.Equal(0.5f, completed.Visible[0][pixel]);
                    continue;
                }

                Assert.Equal(truth, completed.Visible[0][pixel]);
                Assert.All(Enumerable.Range(0, 5), k => Assert.Equal(truth, completed.Drawn[k][pixel]));
                Assert.Equal(0, completed.Spread[0][pixel], 1e-6f);
            }
        }
    }

    [Fact]
    public void Mean_and_standard_deviation_are_those_of_the_completions()
    {
        var completed = _completions.Complete(new("visible-quadrants-1", ImageChoice.Test(11), Count: 8, Seed: 3));
        foreach (var pixel in (int[])[100, 300, 350, 406])
        {
            double[] values = [.. Enumerable.Range(0, 8).Select(k => (double)completed.Drawn[k][pixel])];
            Assert.Equal(values.Average(), completed.Mean[0][pixel], 1e-5);
            Assert.Equal(Math.Sqrt(values.Average(value => Math.Pow(value - values.Average(), 2))), completed.Spread[0][pixel], 1e-5);
        }
    }

    [Fact]
    public void Completions_differ_less_when_more_is_visible()
    {
        Assert.True(MeanSpread("visible-quadrants-3") < MeanSpread("visible-left-half"));
        Assert.True(MeanSpread("visible-left-half") < MeanSpread("visible-quadrants-1"));
    }

    [Fact]
    public void Models_without_completions_and_invalid_counts_are_refused()
    {
        Assert.Throws<SettingsException>(() => _completions.Complete(new("kl-1", ImageChoice.Test(0))));
        Assert.Throws<SettingsException>(() => _completions.Complete(new("visible-quadrants-1", ImageChoice.Test(0), Count: 1000)));
    }

    // The mean over images of the sum over pixels, because the regions differ in size.
    private double MeanSpread(string model) => Enumerable.Range(0, 20)
        .Average(index => _completions.Complete(new(model, ImageChoice.Test(index))).Spread.Values.ToArray().Sum(value => (double)value));
}
