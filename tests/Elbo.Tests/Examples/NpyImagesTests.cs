namespace Elbo.Tests;

public sealed class NpyImagesTests : IDisposable
{
    private static readonly byte[] Pixels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("(3, 2, 2)", 3, "1x2x2")]
    [InlineData("(3, 1, 2, 2)", 3, "1x2x2")]
    [InlineData("(3, 2, 2, 1)", 3, "1x2x2")]
    [InlineData("(1, 3, 2, 2)", 1, "3x2x2")]
    [InlineData("(1, 6, 2)", 1, "1x6x2")]
    public void Channels_first_layouts_keep_the_order_of_their_bytes(string layout, int count, string shape)
    {
        var images = Read(NpyBytes.File("|u1", layout, Pixels));

        Assert.Equal((count, shape), (images.Count, images.Shape.ToString()));
        Assert.Equal(Pixels, images.ToBytes());
    }

    [Fact]
    public void Channels_last_layouts_are_converted_to_channels_first()
    {
        var images = Read(NpyBytes.File("|u1", "(2, 2, 1, 3)", Pixels));

        Assert.Equal(new ImageShape(3, 2, 1), images.Shape);
        Assert.Equal([1, 4, 2, 5, 3, 6], images.Image(0).ToArray());
        Assert.Equal([7, 10, 8, 11, 9, 12], images.Image(1).ToArray());
    }

    [Fact]
    public void Floating_point_values_from_0_to_1_are_rounded_to_bytes()
    {
        Assert.Equal([0, 255, 128, 1], Read(NpyBytes.Floats("(1, 2, 2)", 0, 1, 0.5f, 1 / 255f)).ToBytes());
        Assert.Equal([0, 255, 128, 1], Read(NpyBytes.Doubles("(1, 2, 2)", 0, 1, 0.5, 0.7 / 255)).ToBytes());
    }

    [Fact]
    public void Every_byte_survives_a_round_trip_through_floats()
    {
        float[] values = [.. Enumerable.Range(0, 256).Select(i => i / 255f)];

        Assert.Equal(Enumerable.Range(0, 256).Select(i => (byte)i), Read(NpyBytes.Floats("(1, 16, 16)", values)).ToBytes());
    }

    [Theory]
    [InlineData(1.0001)]
    [InlineData(-0.0001)]
    [InlineData(255)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Floating_point_values_out_of_range_are_rejected_with_their_position(double value) =>
        AssertRejected("at position 3", NpyBytes.Doubles("(1, 2, 2)", 0, 1, 0, value));

    [Fact]
    public void A_number_that_is_not_finite_is_named_with_its_image()
    {
        AssertRejected("the value NaN at position 5, in image 2 (zero-based)", NpyBytes.Floats("(3, 1, 2)", 0, 0, 0, 0, 0, float.NaN));
        AssertRejected("in image 1 (zero-based)", NpyBytes.Floats("(3, 1, 2)", 0, 0, 0, float.PositiveInfinity, 0, 0));
    }

    [Fact]
    public void Other_types_and_layouts_are_rejected()
    {
        AssertRejected("Int64", NpyBytes.Int64s("(1, 1, 2)", 1, 2));
        AssertRejected("[12]", NpyBytes.File("|u1", "(12,)", Pixels));
        AssertRejected("[count, height, width]", NpyBytes.File("|u1", "(3, 4)", Pixels));
        AssertRejected("[count, height, width]", NpyBytes.File("|u1", "(3, 2, 1, 2)", Pixels));
        AssertRejected("first or last", NpyBytes.File("|u1", "(4, 1, 1, 3)", Pixels));
        AssertRejected("empty", NpyBytes.File("|u1", "(0, 2, 2)"));
    }

    private ImageDataset Read(byte[] bytes) => NpyImages.Read(_folder.Write("images.npy", bytes));

    private void AssertRejected(string reason, byte[] bytes)
    {
        var message = Assert.Throws<InputException>(() => Read(bytes)).Message;
        Assert.StartsWith(_folder["images.npy"], message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }
}
