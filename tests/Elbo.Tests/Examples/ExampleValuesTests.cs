namespace Elbo.Tests;

public class ExampleValuesTests
{
    private static readonly ImageShape TwoPixels = new(1, 1, 2);

    [Fact]
    public void Images_have_a_count_and_are_accessed_by_index()
    {
        var images = new ExampleValues(TwoPixels, [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f]);

        Assert.Equal(3, images.Count);
        Assert.Equal([0.3f, 0.4f], images[1].ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => images[3].Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => images[-1].Length);
    }

    [Fact]
    public void Values_that_are_not_a_whole_number_of_images_are_rejected()
    {
        var error = Assert.Throws<InputException>(() => new ExampleValues(new ImageShape(1, 28, 28), new float[1000]));

        Assert.Equal("1000 numbers are not a whole number of values of 1x28x28: pass a multiple of 784.", error.Message);
        Assert.Throws<InputException>(() => new ExampleValues(default, new float[4]));
    }

    [Fact]
    public void Bytes_are_converted_to_values_from_zero_to_one()
    {
        var images = ExampleValues.FromBytes(TwoPixels, [0, 255, 51, 102]);

        Assert.Equal([0f, 1f, 0.2f, 0.4f], images.Values.ToArray());
        Assert.Throws<InputException>(() => ExampleValues.FromBytes(TwoPixels, [1, 2, 3]));
    }

    [Fact]
    public void Batches_of_the_same_shape_are_concatenated_in_order()
    {
        var first = new ExampleValues(TwoPixels, [1, 2]);
        var second = new ExampleValues(TwoPixels, [3, 4, 5, 6]);

        var both = ExampleValues.Concatenate(first, second);

        Assert.Equal([1f, 2, 3, 4, 5, 6], both.Values.ToArray());
        Assert.Equal(TwoPixels, both.Shape);
        var error = Assert.Throws<InputException>(
            () => ExampleValues.Concatenate(first, new ExampleValues(new ImageShape(1, 2, 1), [1, 2])));
        Assert.Equal("Values of 1x1x2 and of 1x2x1 cannot be concatenated: pass values of one shape.", error.Message);
        Assert.Throws<InputException>(() => ExampleValues.Concatenate());
    }
}
