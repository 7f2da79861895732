namespace Elbo.Studio.Tests;

public class LedgerServiceTests(ModelServicesFixture fixture) : IClassFixture<ModelServicesFixture>
{
    private readonly LedgerService _ledger = fixture.Services.Ledger;

    [Theory]
    [InlineData("kl-1", 0, 0)]
    [InlineData("kl-1", 1234, 7)]
    [InlineData("kl-0.1", 61, 1)]
    [InlineData("kl-32", 9999, 2)]
    [InlineData("kl-only", 3, 0)]
    [InlineData("sliders", 42, 3)]
    [InlineData("reconstruction-only", 8, 0)]
    [InlineData("label-mean-variance", 8, 5)]
    public void The_sums_are_what_the_library_scores(string model, int picture, ulong seed)
    {
        var page = _ledger.Open(new(model, PictureChoice.Test(picture), seed));
        var score = Assert.Single(
            fixture.Services.Bundled.Load(model).Score(fixture.Services.Pictures.Test.Subset([picture]), samples: 1, seed));
        Assert.Equal(score.Reconstruction, page.Reconstruction, 1e-4);
        Assert.Equal(score.Kl is null, page.Kl is null);
        Assert.Equal(score.Kl ?? 0, page.Kl ?? 0, 1e-4);
        Assert.Equal(score.NegativeElbo ?? 0, page.NegativeElbo ?? 0, 1e-4);
        Assert.Equal(page.Reconstruction, page.ReconstructionPerPixel.Sum());
        Assert.Equal(784, page.ReconstructionPerPixel.Count);
    }

    [Fact]
    public void Each_pixel_costs_the_cross_entropy_of_its_grey_and_the_grey_decoded()
    {
        var page = _ledger.Open(new("kl-1", PictureChoice.Test(2)));
        var (x, p) = (page.Picture[0].ToArray(), page.Decoded[0].ToArray());
        for (var i = 0; i < x.Length; i++)
        {
            if (p[i] is < 1e-3f or > 1 - 1e-3f)
                continue;
            Assert.Equal(-x[i] * Math.Log(p[i]) - (1 - x[i]) * Math.Log(1 - p[i]), page.ReconstructionPerPixel[i], 1e-3);
        }
    }

    [Fact]
    public void Each_dimension_is_mu_plus_sigma_times_epsilon_and_costs_the_closed_form()
    {
        foreach (var dimension in _ledger.Open(new("label-mean-variance", PictureChoice.Test(77), Seed: 4)).Dimensions)
        {
            var sigma = dimension.Deviation!.Value;
            Assert.Equal(dimension.Mean + sigma * dimension.Epsilon!.Value, dimension.Code, 1e-5);
            var ratio = sigma / dimension.PriorDeviation;
            var offset = (dimension.Mean - dimension.PriorMean) / dimension.PriorDeviation;
            Assert.Equal((ratio * ratio + offset * offset - 1 - 2 * Math.Log(ratio)) / 2, dimension.Kl!.Value, 1e-4);
        }
    }

    [Fact]
    public void Drawing_again_changes_the_noise_and_what_follows_from_it_and_nothing_else()
    {
        var first = _ledger.Open(new("kl-1", PictureChoice.Test(5)));
        var again = _ledger.Open(new("kl-1", PictureChoice.Test(5), Seed: 1));
        Assert.Equal(first.Kl, again.Kl);
        Assert.Equal(first.Dimensions.Select(dimension => (dimension.Mean, dimension.Deviation)), again.Dimensions.Select(dimension => (dimension.Mean, dimension.Deviation)));
        Assert.NotEqual(first.Dimensions[0].Epsilon, again.Dimensions[0].Epsilon);
        Assert.NotEqual(first.Reconstruction, again.Reconstruction);
    }

    [Fact]
    public void A_drawing_is_accounted_for_like_an_image()
    {
        var drawing = fixture.Services.Pictures.Test.Image(17).ToArray();
        var drawn = _ledger.Open(new("kl-1", PictureChoice.Drawing(drawing)));
        var image = _ledger.Open(new("kl-1", PictureChoice.Test(17)));
        Assert.Equal(image.NegativeElbo, drawn.NegativeElbo);
        Assert.Equal(image.Decoded.Values.ToArray(), drawn.Decoded.Values.ToArray());
    }

    [Fact]
    public void Dead_dimensions_are_told_and_cost_next_to_nothing()
    {
        Assert.All(_ledger.Open(new("kl-only", PictureChoice.Test(5))).Dimensions, dimension => Assert.True(dimension.IsDead));
        Assert.All(_ledger.Open(new("kl-1", PictureChoice.Test(5))).Dimensions, dimension => Assert.False(dimension.IsDead));
        Assert.All(_ledger.Open(new("kl-only", PictureChoice.Test(5))).Dimensions, dimension => Assert.InRange(dimension.Kl!.Value, -1e-3, 0.01));
    }

    [Fact]
    public void A_drawing_has_no_label_so_a_model_that_needs_one_asks_for_it()
    {
        var drawing = PictureChoice.Drawing(new byte[784]);
        Assert.Throws<ConfigurationException>(() => _ledger.Open(new("label-mean", drawing)));
        Assert.True(double.IsFinite(_ledger.Open(new("label-mean", drawing, Label: 3)).NegativeElbo!.Value));
        Assert.Throws<ConfigurationException>(() => _ledger.Open(new("visible-quadrants-1", PictureChoice.Test(0))));
    }
}
