namespace Elbo.Studio.Tests;

public class SliderServiceTests(ModelServicesFixture fixture) : IClassFixture<ModelServicesFixture>
{
    private readonly SliderService _sliders = fixture.Services.Sliders;

    [Fact]
    public void Each_dimension_has_a_slider_sorted_by_KL()
    {
        var sliders = _sliders.Sliders("sliders");
        Assert.Equal(Enumerable.Range(0, 10), sliders.Select(slider => slider.Dimension).Order());
        Assert.True(sliders.Zip(sliders.Skip(1)).All(pair => pair.First.Kl >= pair.Second.Kl));
        Assert.Equal(fixture.Services.Bundled.Find("sliders").Figures.Kl!.Value, sliders.Sum(slider => slider.Kl!.Value), 1e-9);
    }

    [Fact]
    public void Moving_any_active_dimension_changes_the_image()
    {
        var middle = _sliders.Decode("sliders", new double[10]);
        foreach (var slider in _sliders.Sliders("sliders").Where(slider => slider.IsActive))
        {
            var code = new double[10];
            code[slider.Dimension] = SliderService.Range;
            var moved = _sliders.Decode("sliders", code);
            Assert.True(middle[0].ToArray().Zip(moved[0].ToArray()).Sum(pair => Math.Abs(pair.First - pair.Second)) > 5);
        }
    }

    [Fact]
    public void The_slider_values_of_an_image_decode_to_the_reconstruction_of_the_library()
    {
        var code = _sliders.Encode("sliders", ImageChoice.Test(3));
        var expected = fixture.Services.Bundled.Load("sliders").Reconstruct(fixture.Services.MnistImages.Test.Subset([3]));
        Assert.All(
            _sliders.Decode("sliders", code)[0].ToArray().Zip(expected[0].ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void A_code_of_the_wrong_size_is_refused() =>
        Assert.Throws<SettingsException>(() => _sliders.Decode("sliders", new double[3]));
}
