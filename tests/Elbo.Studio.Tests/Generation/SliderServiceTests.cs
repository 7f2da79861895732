namespace Elbo.Studio.Tests;

public class SliderServiceTests(ModelServicesFixture fixture) : IClassFixture<ModelServicesFixture>
{
    private readonly SliderService _sliders = fixture.Services.Sliders;

    [Fact]
    public void Each_dimension_has_a_slider_and_the_one_with_the_highest_KL_comes_first()
    {
        var sliders = _sliders.Sliders("sliders");
        Assert.Equal(Enumerable.Range(0, 10), sliders.Select(slider => slider.Dimension).Order());
        Assert.True(sliders.Zip(sliders.Skip(1)).All(pair => pair.First.Kl >= pair.Second.Kl));
        Assert.Equal(fixture.Services.Bundled.Find("sliders").Figures.Kl!.Value, sliders.Sum(slider => slider.Kl!.Value), 1e-9);
    }

    [Fact]
    public void Turning_any_active_dimension_changes_the_picture()
    {
        var middle = _sliders.Decode("sliders", new double[10]);
        foreach (var slider in _sliders.Sliders("sliders").Where(slider => slider.IsActive))
        {
            var code = new double[10];
            code[slider.Dimension] = SliderService.Reach;
            var turned = _sliders.Decode("sliders", code);
            Assert.True(middle[0].ToArray().Zip(turned[0].ToArray()).Sum(pair => Math.Abs(pair.First - pair.Second)) > 5);
        }
    }

    [Fact]
    public void The_sliders_of_a_picture_decode_to_that_picture_as_the_library_reconstructs_it()
    {
        var code = _sliders.Encode("sliders", PictureChoice.Test(3));
        var expected = fixture.Services.Bundled.Load("sliders").Reconstruct(fixture.Services.Pictures.Test.Subset([3]));
        Assert.All(_sliders.Decode("sliders", code)[0].ToArray().Zip(expected[0].ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void A_code_of_another_size_is_refused() =>
        Assert.Throws<ConfigurationException>(() => _sliders.Decode("sliders", new double[3]));
}
