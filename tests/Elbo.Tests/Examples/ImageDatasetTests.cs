using System.Security.Cryptography;

namespace Elbo.Tests;

public class ImageDatasetTests
{
    private static readonly ImageShape Shape = new(1, 1, 2);
    private static readonly byte[] Pixels = [1, 2, 3, 4, 5, 6];

    [Fact]
    public void Images_and_labels_are_found_by_their_index()
    {
        var data = new ImageDataset(Shape, Pixels, new[] { 7, 0, 255 });

        Assert.Equal(3, data.Count);
        Assert.Equal([3, 4], data.Image(1).ToArray());
        Assert.Equal([7, 0, 255], data.Labels.ToArray());
        Assert.Equal(256, data.LabelCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Image(3).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Image(-1).Length);
    }

    [Fact]
    public void Images_may_have_no_labels()
    {
        var data = new ImageDataset(Shape, Pixels);

        Assert.False(data.HasLabels);
        Assert.Equal(0, data.LabelCount);
        Assert.False(data.Subset([0]).HasLabels);
    }

    [Fact]
    public void A_subset_holds_images_and_labels_in_the_order_asked()
    {
        var subset = new ImageDataset(Shape, Pixels, new[] { 7, 8, 9 }).Subset([2, 0, 2]);

        Assert.Equal([5, 6, 1, 2, 5, 6], subset.ToBytes());
        Assert.Equal([9, 7, 9], subset.Labels.ToArray());
    }

    [Fact]
    public void A_subset_of_nothing_or_of_what_is_not_there_is_rejected()
    {
        var data = new ImageDataset(Shape, Pixels);

        Assert.Throws<InputException>(() => data.Subset([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Subset([0, 3]));
    }

    [Fact]
    public void The_hash_is_over_the_pixels_followed_by_the_labels()
    {
        var expected = Convert.ToHexStringLower(SHA256.HashData([1, 2, 3, 4, 5, 6, 7, 8, 9]));

        Assert.Equal(expected, new ImageDataset(Shape, Pixels, new[] { 7, 8, 9 }).Sha256);
        Assert.NotEqual(expected, new ImageDataset(Shape, Pixels).Sha256);
    }

    [Fact]
    public void Sizes_that_do_not_agree_are_rejected()
    {
        Assert.Throws<InputException>(() => new ImageDataset(Shape, new byte[5]));
        Assert.Throws<InputException>(() => new ImageDataset(Shape, Array.Empty<byte>()));
        Assert.Throws<InputException>(() => new ImageDataset(default, Pixels));
        Assert.Throws<InputException>(() => new ImageDataset(Shape, Pixels, new int[2]));
    }

    [Fact]
    public void Two_splits_have_to_agree_in_shape_and_labels()
    {
        var labelled = new ImageDataset(Shape, Pixels, new[] { 0, 1, 2 });

        var upright = new ImageDataset(new ImageShape(1, 2, 1), Pixels, labelled.Labels);
        Assert.Throws<InputException>(() => new Dataset("x", labelled, upright));
        Assert.Throws<InputException>(() => new Dataset("x", labelled, new ImageDataset(Shape, Pixels)));
        Assert.Throws<InputException>(() => new Dataset("x", labelled, labelled, ["zero", "one"]));
        Assert.Equal(Shape, new Dataset("x", labelled, labelled, ["zero", "one", "two"]).Shape);
    }
}
