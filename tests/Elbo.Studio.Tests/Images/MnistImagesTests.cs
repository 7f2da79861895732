namespace Elbo.Studio.Tests;

public class MnistImagesTests
{
    private readonly MnistImages _images = new();

    [Fact]
    public void The_images_are_those_of_the_dataset()
    {
        var whole = Mnist.Load();
        Assert.Equal(whole.Test.Sha256, _images.Test.Sha256);
        Assert.Equal(whole.Train.ToBytes()[..(200 * 784)], _images.ShownOfTraining.ToBytes());
    }

    [Fact]
    public void The_shown_images_are_forty_of_each_label_with_their_indices()
    {
        var shown = _images.Shown;
        Assert.Equal(
            Enumerable.Repeat(40, 10), shown.Labels.ToArray().CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.Equal(_images.Test.ToBytes(_images.ShownIndices[123]), shown.ToBytes(123));
    }

    [Fact]
    public void A_drawing_of_the_wrong_size_and_an_unknown_image_are_refused()
    {
        Assert.Throws<SettingsException>(() => _images.Take(ImageChoice.Drawing(new byte[100])));
        Assert.Throws<SettingsException>(() => _images.Take(ImageChoice.Test(10_000)));
        Assert.Throws<SettingsException>(() => _images.Take(ImageChoice.Test(-1)));
    }
}
