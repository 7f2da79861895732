namespace Elbo.Tests;

public class ImageShapeTests
{
    [Fact]
    public void A_shape_has_a_number_of_values_and_a_string_form()
    {
        var shape = new ImageShape(3, 28, 32);

        Assert.Equal(2688, shape.Pixels);
        Assert.Equal("3x28x32", shape.ToString());
        Assert.Equal(0, default(ImageShape).Pixels);
    }

    [Theory]
    [InlineData(0, 28, 28)]
    [InlineData(1, -1, 28)]
    [InlineData(1, 28, 0)]
    [InlineData(1, 65536, 32768)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    [InlineData(2, int.MaxValue, 1)]
    public void Invalid_sizes_are_rejected(int channels, int height, int width) =>
        Assert.Throws<InputException>(() => new ImageShape(channels, height, width));

    [Fact]
    public void A_modified_shape_is_validated() => Assert.Throws<InputException>(() => new ImageShape(1, 2, 3) with { Width = 0 });

    [Fact]
    public void A_shape_survives_a_round_trip_through_JSON()
    {
        var text = Json.Write(new ImageShape(3, 4, 5));

        Assert.Equal("""{"channels":3,"height":4,"width":5}""", string.Concat(text.Where(c => !char.IsWhiteSpace(c))));
        Assert.Equal(new ImageShape(3, 4, 5), Json.Read<ImageShape>(text, "text"));
        Assert.Throws<InputException>(() => Json.Read<ImageShape>(text.Replace("4", "0", StringComparison.Ordinal), "text"));
    }
}
