namespace Elbo.Studio.Tests;

public class WorldServiceTests(ModelServicesFixture fixture) : IClassFixture<ModelServicesFixture>
{
    private readonly WorldService _worlds = fixture.Services.Worlds;

    [Fact]
    public void The_KL_falls_from_each_weight_to_the_next_and_the_reconstruction_pays_for_it()
    {
        var stops = _worlds.Stops.Skip(1).ToArray();
        foreach (var (lighter, heavier) in stops.Zip(stops.Skip(1)))
            Assert.True(heavier.Figures.Kl < lighter.Figures.Kl, $"{heavier.Id} has a KL of {heavier.Figures.Kl}, {lighter.Id} of {lighter.Figures.Kl}.");
        Assert.True(Figures("kl-4").Kl < Figures("kl-1").Kl - 0.5);
        Assert.True(Figures("kl-4").Reconstruction > Figures("kl-1").Reconstruction);
        Assert.True(Figures("kl-32").Reconstruction > Figures("kl-4").Reconstruction + 5);
    }

    [Fact]
    public void An_autoencoder_scatters_points_far_beyond_the_unit_Gaussian()
    {
        var codes = _worlds.Show(new("reconstruction-only")).Codes;
        Assert.Equal(400, codes.Count);
        Assert.All(codes, code => Assert.Equal(0, code.DeviationX));
        Assert.True(codes.Average(code => code.X * code.X + code.Y * code.Y) > 8, "The codes are within the unit Gaussian.");
    }

    [Fact]
    public void With_both_terms_the_codes_are_ellipses_that_fill_the_unit_Gaussian_together()
    {
        var codes = _worlds.Show(new("kl-1")).Codes;
        Assert.All(codes, code => Assert.InRange(code.DeviationX, 1e-4, 0.999));
        // E[z²] over all of q is 1 in each dimension where they fill it.
        Assert.InRange(codes.Average(code => code.X * code.X + code.DeviationX * code.DeviationX), 0.6, 1.6);
        Assert.InRange(codes.Average(code => code.Y * code.Y + code.DeviationY * code.DeviationY), 0.6, 1.6);
    }

    [Fact]
    public void With_the_KL_alone_every_image_has_the_code_of_every_other()
    {
        var world = _worlds.Show(new("kl-only"));
        Assert.All(world.Codes, code => Assert.InRange(Math.Abs(code.X) + Math.Abs(code.Y), 0, 0.1));
        Assert.All(world.Codes, code => Assert.InRange(code.DeviationX, 0.95, 1.05));
        Assert.InRange(world.Model.Figures.Kl!.Value, -1e-6, 0.01);
    }

    [Fact]
    public void The_codes_are_those_of_the_library_in_the_order_of_the_images()
    {
        var model = fixture.Services.Bundled.Load("kl-2");
        var expected = model.Encode(fixture.Services.Pictures.Test);
        foreach (var code in _worlds.Show(new("kl-2")).Codes)
        {
            Assert.Equal(expected[code.Picture][0], code.X, 1e-4);
            Assert.Equal(expected[code.Picture][1], code.Y, 1e-4);
            Assert.Equal(fixture.Services.Pictures.Test.Labels.Span[code.Picture], code.Label);
        }
    }

    [Fact]
    public void A_sample_is_what_its_point_of_the_plane_is_decoded_to()
    {
        var world = _worlds.Show(new("kl-1", Samples: 9, Seed: 5));
        Assert.Equal(9, world.Samples.Count);
        var (x, y) = world.SampleCodes[7];
        var decoded = _worlds.Decode("kl-1", x, y);
        Assert.All(decoded[0].ToArray().Zip(world.Samples[7].ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void The_samples_of_all_worlds_have_the_same_noise_and_those_of_another_seed_have_not()
    {
        Assert.Equal(_worlds.Show(new("kl-1")).SampleCodes, _worlds.Show(new("reconstruction-only")).SampleCodes);
        Assert.NotEqual(_worlds.Show(new("kl-1")).SampleCodes, _worlds.Show(new("kl-1", Seed: 1)).SampleCodes);
    }

    [Fact]
    public void What_has_no_plane_and_what_asks_for_too_much_is_refused()
    {
        Assert.Throws<ConfigurationException>(() => _worlds.Show(new("sliders")));
        Assert.Throws<ConfigurationException>(() => _worlds.Decode("digits", 0, 0, 1));
        Assert.Throws<ConfigurationException>(() => _worlds.Show(new("kl-1", Samples: 100_000)));
    }

    private ModelFigures Figures(string id) => fixture.Services.Bundled.Find(id).Figures;
}
