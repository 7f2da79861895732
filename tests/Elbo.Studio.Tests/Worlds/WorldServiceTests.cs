namespace Elbo.Studio.Tests;

public class WorldServiceTests(ModelServicesFixture fixture) : IClassFixture<ModelServicesFixture>
{
    private readonly WorldService _worlds = fixture.Services.Worlds;

    [Fact]
    public void With_a_larger_KL_weight_the_KL_falls_and_the_reconstruction_term_rises()
    {
        var stops = _worlds.Stops.Skip(1).ToArray();
        foreach (var (lighter, heavier) in stops.Zip(stops.Skip(1)))
            Assert.True(
                heavier.Figures.Kl < lighter.Figures.Kl,
                $"{heavier.Id} has a KL of {heavier.Figures.Kl}, {lighter.Id} of {lighter.Figures.Kl}.");
        Assert.True(Figures("kl-4").Kl < Figures("kl-1").Kl - 0.5);
        Assert.True(Figures("kl-4").Reconstruction > Figures("kl-1").Reconstruction);
        Assert.True(Figures("kl-32").Reconstruction > Figures("kl-4").Reconstruction + 5);
    }

    [Fact]
    public void The_codes_of_an_autoencoder_lie_far_outside_the_unit_Gaussian()
    {
        var codes = _worlds.Compute(new("reconstruction-only")).Codes;
        Assert.Equal(400, codes.Count);
        Assert.All(codes, code => Assert.Equal(0, code.DeviationX));
        Assert.True(codes.Average(code => code.X * code.X + code.Y * code.Y) > 8, "The codes are within the unit Gaussian.");
    }

    [Fact]
    public void With_both_terms_the_aggregate_posterior_fills_the_unit_Gaussian()
    {
        var codes = _worlds.Compute(new("kl-1")).Codes;
        Assert.All(codes, code => Assert.InRange(code.DeviationX, 1e-4, 0.999));
        // The second moment of the aggregate posterior is about 1 in each dimension.
        Assert.InRange(codes.Average(code => code.X * code.X + code.DeviationX * code.DeviationX), 0.6, 1.6);
        Assert.InRange(codes.Average(code => code.Y * code.Y + code.DeviationY * code.DeviationY), 0.6, 1.6);
    }

    [Fact]
    public void With_the_KL_term_alone_all_images_have_the_same_posterior()
    {
        var world = _worlds.Compute(new("kl-only"));
        Assert.All(world.Codes, code => Assert.InRange(Math.Abs(code.X) + Math.Abs(code.Y), 0, 0.1));
        Assert.All(world.Codes, code => Assert.InRange(code.DeviationX, 0.95, 1.05));
        Assert.InRange(world.Model.Figures.Kl!.Value, -1e-6, 0.01);
    }

    [Fact]
    public void The_codes_equal_those_of_the_library_in_the_order_of_the_images()
    {
        var model = fixture.Services.Bundled.Load("kl-2");
        var expected = model.Encode(fixture.Services.MnistImages.Test);
        foreach (var code in _worlds.Compute(new("kl-2")).Codes)
        {
            Assert.Equal(expected[code.Index][0], code.X, 1e-4);
            Assert.Equal(expected[code.Index][1], code.Y, 1e-4);
            Assert.Equal(fixture.Services.MnistImages.Test.Labels.Span[code.Index], code.Label);
        }
    }

    [Fact]
    public void A_sample_equals_its_decoded_code()
    {
        var world = _worlds.Compute(new("kl-1", Samples: 9, Seed: 5));
        Assert.Equal(9, world.Samples.Count);
        var (x, y) = world.SampleCodes[7];
        var decoded = _worlds.Decode("kl-1", x, y);
        Assert.All(decoded[0].ToArray().Zip(world.Samples[7].ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void The_samples_of_all_worlds_share_the_noise_of_the_seed()
    {
        Assert.Equal(_worlds.Compute(new("kl-1")).SampleCodes, _worlds.Compute(new("reconstruction-only")).SampleCodes);
        Assert.NotEqual(_worlds.Compute(new("kl-1")).SampleCodes, _worlds.Compute(new("kl-1", Seed: 1)).SampleCodes);
    }

    [Fact]
    public void Models_without_a_plane_and_invalid_counts_are_refused()
    {
        Assert.Throws<SettingsException>(() => _worlds.Compute(new("sliders")));
        Assert.Throws<SettingsException>(() => _worlds.Decode("digits", 0, 0, 1));
        Assert.Throws<SettingsException>(() => _worlds.Compute(new("kl-1", Samples: 100_000)));
    }

    private ModelFigures Figures(string id) => fixture.Services.Bundled.Find(id).Figures;
}
