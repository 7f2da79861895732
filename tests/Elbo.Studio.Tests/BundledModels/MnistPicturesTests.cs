namespace Elbo.Studio.Tests;

public class MnistPicturesTests
{
    private readonly MnistPictures _pictures = new();

    [Fact]
    public void The_test_images_are_those_of_the_whole_dataset()
    {
        var whole = Mnist.Load();
        Assert.Equal(whole.Test.Sha256, _pictures.Test.Sha256);
        Assert.Equal(whole.Train.Pixels[..(200 * 784)].ToArray(), _pictures.Practice.Pixels.ToArray());
    }

    [Fact]
    public void Shown_are_forty_images_of_each_label_and_where_they_are_is_told()
    {
        var shown = _pictures.Shown;
        Assert.Equal(Enumerable.Repeat(40, 10), shown.Labels.ToArray().CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.Equal(_pictures.Test.Image(_pictures.ShownIndices[123]).ToArray(), shown.Image(123).ToArray());
    }

    [Fact]
    public void A_drawing_of_another_size_and_an_image_that_is_not_there_are_refused()
    {
        Assert.Throws<ConfigurationException>(() => _pictures.Take(PictureChoice.Drawing(new byte[100])));
        Assert.Throws<ConfigurationException>(() => _pictures.Take(PictureChoice.Test(10_000)));
        Assert.Throws<ConfigurationException>(() => _pictures.Take(PictureChoice.Test(-1)));
    }
}
