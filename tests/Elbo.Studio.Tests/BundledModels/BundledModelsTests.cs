using TorchSharp;

namespace Elbo.Studio.Tests;

public class BundledModelsTests(ModelServicesFixture fixture) : IClassFixture<ModelServicesFixture>
{
    private readonly BundledModels _models = fixture.Services.Bundled;

    [Fact]
    public void The_stops_of_the_slider_go_from_reconstruction_only_to_KL_only()
    {
        var stops = _models.OfFamily(ModelFamily.Weights);
        Assert.Equal(
            ["reconstruction-only", "kl-0.1", "kl-0.25", "kl-0.5", "kl-1", "kl-2", "kl-4", "kl-8", "kl-16", "kl-32", "kl-only"],
            stops.Select(stop => stop.Id));
        Assert.Equal([0, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, double.PositiveInfinity], stops.Select(stop => stop.KlWeight));
        Assert.Equal(
            [double.PositiveInfinity, 10, 4, 2, 1, 0.5, 0.25, 0.125, 0.0625, 0.03125, 0], stops.Select(stop => stop.ReconstructionWeight));
        Assert.All(stops, stop => Assert.True(stop.HasPlane));
        Assert.True(stops[0].IsAutoencoder);
    }

    [Fact]
    public void Every_view_has_its_models()
    {
        Assert.Equal(
            6, _models.OfFamily(ModelFamily.LabelPriors).Select(model => (model.Prior, model.DecoderSeesCondition)).Distinct().Count());
        Assert.Equal("digits", Assert.Single(_models.OfFamily(ModelFamily.Digits)).Id);
        Assert.Equal(10, Assert.Single(_models.OfFamily(ModelFamily.Sliders)).LatentSize);
        var regions = _models.OfFamily(ModelFamily.Completions).Select(model => model.VisibleRegion).ToArray();
        Assert.Contains("quadrants-1", regions);
        Assert.Contains("left-half", regions);
        Assert.Contains("quadrants-3", regions);
    }

    [Fact]
    public void Together_they_are_smaller_than_twenty_megabytes()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "models");
        var size = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length);
        Assert.InRange(size, 1_000_000, 20_000_000);
    }

    [Theory]
    [InlineData("kl-1")]
    [InlineData("reconstruction-only")]
    [InlineData("label-mean-variance")]
    [InlineData("visible-quadrants-1")]
    public void The_figures_match_the_weights(string id)
    {
        var model = _models.Load(id);
        var test = model.Reader(fixture.Services.MnistImages.Test, Binarization.None, 0, RandomPurpose.EvaluationBinarization);
        var terms = SplitEvaluation.Evaluate(model, test, samples: 1, seed: 0);
        var figures = _models.Find(id).Figures;
        Assert.Equal(terms.Reconstruction, figures.Reconstruction, 1e-3);
        Assert.Equal(terms.Kl is null, figures.Kl is null);
        Assert.Equal(terms.Kl ?? 0, figures.Kl ?? 0, 1e-3);
        Assert.Equal(terms.Examples, figures.Examples);
    }

    [Fact]
    public void Every_model_loads_and_decodes()
    {
        foreach (var model in _models.All.Where(model => model.VisibleRegion is null))
        {
            var image = _models.Load(model.Id).Decode(
                new LatentCodes(model.LatentSize, new float[model.LatentSize]), model.HasLabel ? new[] { 3 } : null);
            Assert.All(image.Values.ToArray(), value => Assert.InRange(value, 0, 1));
        }
    }

    [Fact]
    public void An_unknown_model_is_refused_with_a_message_that_lists_the_models()
    {
        var refusal = Assert.Throws<SettingsException>(() => _models.Load("../kl-1"));
        Assert.Contains("kl-0.25", refusal.Message);
    }

    [Fact]
    public void A_copy_has_the_same_weights_and_an_untrained_copy_has_others()
    {
        using var copy = _models.Copy("kl-1");
        using var untrained = _models.CopyUntrained("kl-1");
        var original = _models.Load("kl-1");
        Assert.NotSame(original, copy);
        var codes = new LatentCodes(2, [0.5f, -1]);
        Assert.Equal(original.Decode(codes).Values.ToArray(), copy.Decode(codes).Values.ToArray());
        Assert.NotEqual(original.Decode(codes).Values.ToArray(), untrained.Decode(codes).Values.ToArray());
    }
}
