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
    public void The_terms_equal_the_scores_of_the_library(string model, int index, ulong seed)
    {
        var breakdown = _ledger.Compute(new(model, ImageChoice.Test(index), seed));
        var score = Assert.Single(
            fixture.Services.Bundled.Load(model).Score(fixture.Services.MnistImages.Test.Subset([index]), samples: 1, seed));
        Assert.Equal(score.Reconstruction, breakdown.Reconstruction, 1e-4);
        Assert.Equal(score.Kl is null, breakdown.Kl is null);
        Assert.Equal(score.Kl ?? 0, breakdown.Kl ?? 0, 1e-4);
        Assert.Equal(score.NegativeElbo ?? 0, breakdown.NegativeElbo ?? 0, 1e-4);
        Assert.Equal(breakdown.Reconstruction, breakdown.ReconstructionPerPixel.Sum());
        Assert.Equal(784, breakdown.ReconstructionPerPixel.Count);
    }

    [Fact]
    public void The_reconstruction_term_of_a_pixel_is_its_cross_entropy()
    {
        var breakdown = _ledger.Compute(new("kl-1", ImageChoice.Test(2)));
        var (x, p) = (breakdown.Image[0].ToArray(), breakdown.Decoded[0].ToArray());
        for (var i = 0; i < x.Length; i++)
        {
            if (p[i] is < 1e-3f or > 1 - 1e-3f)
                continue;
            Assert.Equal(-x[i] * Math.Log(p[i]) - (1 - x[i]) * Math.Log(1 - p[i]), breakdown.ReconstructionPerPixel[i], 1e-3);
        }
    }

    [Fact]
    public void Each_code_is_mu_plus_sigma_times_epsilon_and_its_KL_is_the_closed_form()
    {
        foreach (var dimension in _ledger.Compute(new("label-mean-variance", ImageChoice.Test(77), Seed: 4)).Dimensions)
        {
            var sigma = dimension.Deviation!.Value;
            Assert.Equal(dimension.Mean + sigma * dimension.Epsilon!.Value, dimension.Code, 1e-5);
            var ratio = sigma / dimension.PriorDeviation;
            var offset = (dimension.Mean - dimension.PriorMean) / dimension.PriorDeviation;
            Assert.Equal((ratio * ratio + offset * offset - 1 - 2 * Math.Log(ratio)) / 2, dimension.Kl!.Value, 1e-4);
        }
    }

    [Fact]
    public void Another_seed_changes_only_the_noise_and_what_depends_on_it()
    {
        var first = _ledger.Compute(new("kl-1", ImageChoice.Test(5)));
        var again = _ledger.Compute(new("kl-1", ImageChoice.Test(5), Seed: 1));
        Assert.Equal(first.Kl, again.Kl);
        Assert.Equal(
            first.Dimensions.Select(dimension => (dimension.Mean, dimension.Deviation)),
            again.Dimensions.Select(dimension => (dimension.Mean, dimension.Deviation)));
        Assert.NotEqual(first.Dimensions[0].Epsilon, again.Dimensions[0].Epsilon);
        Assert.NotEqual(first.Reconstruction, again.Reconstruction);
    }

    [Fact]
    public void A_drawing_gives_the_same_terms_as_an_equal_test_image()
    {
        // A drawing has the index 0, from which its noise derives: the first test image has the same.
        var drawing = fixture.Services.MnistImages.Test.ToBytes(0);
        var drawn = _ledger.Compute(new("kl-1", ImageChoice.Drawing(drawing)));
        var image = _ledger.Compute(new("kl-1", ImageChoice.Test(0)));
        Assert.Equal(image.NegativeElbo, drawn.NegativeElbo);
        Assert.Equal(image.Decoded.Values.ToArray(), drawn.Decoded.Values.ToArray());
    }

    [Fact]
    public void Inactive_dimensions_are_marked_and_have_almost_no_KL()
    {
        Assert.All(_ledger.Compute(new("kl-only", ImageChoice.Test(5))).Dimensions, dimension => Assert.True(dimension.IsDead));
        Assert.All(_ledger.Compute(new("kl-1", ImageChoice.Test(5))).Dimensions, dimension => Assert.False(dimension.IsDead));
        Assert.All(
            _ledger.Compute(new("kl-only", ImageChoice.Test(5))).Dimensions, dimension => Assert.InRange(dimension.Kl!.Value, -1e-3, 0.01));
    }

    [Fact]
    public void For_a_drawing_a_conditional_model_requires_a_label()
    {
        var drawing = ImageChoice.Drawing(new byte[784]);
        Assert.Throws<SettingsException>(() => _ledger.Compute(new("label-mean", drawing)));
        Assert.True(double.IsFinite(_ledger.Compute(new("label-mean", drawing, Label: 3)).NegativeElbo!.Value));
        Assert.Throws<SettingsException>(() => _ledger.Compute(new("visible-quadrants-1", ImageChoice.Test(0))));
    }
}
