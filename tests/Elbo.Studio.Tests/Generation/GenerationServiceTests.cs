namespace Elbo.Studio.Tests;

public class GenerationServiceTests(ModelServicesFixture fixture, DigitClassifier classifier) : IClassFixture<ModelServicesFixture>
{
    private readonly GenerationService _generation = fixture.Services.Generation;

    [Fact]
    public void Samples_of_every_digit_are_classified_as_that_digit()
    {
        var sixes = _generation.Page(new("digits", Count: 200, Label: 6));
        Assert.InRange(classifier.CountAs(sixes, 6), 190, 200);
        var right = Enumerable.Range(0, 10).Sum(label => classifier.CountAs(_generation.Page(new("digits", 200, 1, label)), label));
        Assert.InRange(right, 1900, 2000);
    }

    [Fact]
    public void A_row_of_the_grid_equals_samples_of_its_label()
    {
        var grid = _generation.LabelGrid(new("digits", Styles: 6, Seed: 3));
        Assert.Equal(60, grid.Count);
        var sevens = _generation.Page(new("digits", 6, 3, 7));
        Assert.All(Enumerable.Range(0, 6), style => Assert.Equal(sevens[style].ToArray(), grid[42 + style].ToArray()));
    }

    [Fact]
    public void The_atlas_uses_quantiles_of_the_unit_Gaussian_and_starts_at_the_top_left()
    {
        var atlas = _generation.Draw(new("kl-1", Side: 5));
        // Quantiles from a table of the normal distribution: 10 %, 30 %, 50 %, 70 %, 90 %.
        double[] table = [-1.281552, -0.524401, 0, 0.524401, 1.281552];
        Assert.All(table.Zip(atlas.Coordinates), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(25, atlas.Images.Count);
        var corner = DecodeAt(table[0], table[4]);
        Assert.All(corner[0].ToArray().Zip(atlas.Images[0].ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        var neighbour = DecodeAt(table[1], table[4]);
        Assert.All(neighbour[0].ToArray().Zip(atlas.Images[1].ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
    }

    private ExampleValues DecodeAt(double x, double y) =>
        fixture.Services.Bundled.Load("kl-1").Decode(new LatentCodes(2, [(float)x, (float)y]));

    [Fact]
    public void Labels_are_required_by_conditional_models_and_refused_by_others()
    {
        Assert.Throws<SettingsException>(() => _generation.Page(new("digits")));
        Assert.Throws<SettingsException>(() => _generation.Page(new("sliders", Label: 3)));
        Assert.Throws<SettingsException>(() => _generation.Page(new("digits", Label: 10)));
        Assert.Throws<SettingsException>(() => _generation.LabelGrid(new("sliders")));
        Assert.Throws<SettingsException>(() => _generation.Draw(new("sliders")));
        Assert.Throws<SettingsException>(() => _generation.Draw(new("label-mean")));
        Assert.Equal(9, _generation.Draw(new("label-mean", Side: 3, Label: 4)).Images.Count);
    }
}
