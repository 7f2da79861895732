using CsCheck;

namespace Elbo.Tests;

public sealed class PngImageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Stored_grey_values_are_unchanged()
    {
        var image = Read(PngBytes.File(3, 2, PngBytes.Grey, [0, 1, 2, 127, 128, 255]));

        Assert.Equal(new ImageShape(1, 2, 3), image.Shape);
        Assert.Equal([0, 1, 2, 127, 128, 255], image.Pixels);
    }

    [Fact]
    public void Colours_become_separate_channel_planes()
    {
        var image = Read(PngBytes.File(2, 1, PngBytes.Color, [10, 20, 30, 40, 50, 60]));

        Assert.Equal(new ImageShape(3, 1, 2), image.Shape);
        Assert.Equal([10, 40, 20, 50, 30, 60], image.Pixels);
    }

    [Fact]
    public void A_colour_image_with_only_grey_pixels_has_one_channel()
    {
        var image = Read(PngBytes.File(2, 1, PngBytes.Color, [9, 9, 9, 8, 8, 8]));

        Assert.Equal(new ImageShape(1, 1, 2), image.Shape);
        Assert.Equal([9, 8], image.Pixels);
        Assert.Equal([9, 8, 9, 8, 9, 8], image.ToColor());
    }

    [Fact]
    public void A_palette_is_resolved_to_its_colours()
    {
        var image = Read(PngBytes.File(3, 1, PngBytes.Palette, [1, 0, 1], palette: [1, 2, 3, 200, 150, 100]));

        Assert.Equal([200, 1, 200, 150, 2, 150, 100, 3, 100], image.Pixels);
    }

    [Fact]
    public void Sixteen_bits_are_reduced_to_eight()
    {
        var image = Read(PngBytes.File(2, 1, PngBytes.Grey, [0x80, 0x80, 0xff, 0xff], bitDepth: 16));

        Assert.Equal([0x80, 0xff], image.Pixels);
    }

    [Fact]
    public void An_alpha_channel_is_accepted_only_if_all_pixels_are_opaque()
    {
        Assert.Equal([1, 2, 3], Read(PngBytes.File(1, 1, PngBytes.ColorWithAlpha, [1, 2, 3, 255])).Pixels);
        AssertRejected("transparent", PngBytes.File(1, 1, PngBytes.ColorWithAlpha, [1, 2, 3, 254]));
    }

    [Fact]
    public void A_file_that_is_not_a_PNG_file_is_rejected()
    {
        AssertRejected("not a PNG", []);
        AssertRejected("not a PNG", "hello"u8.ToArray());
        AssertRejected("not a PNG", [.. "BM"u8, .. new byte[60]]);
    }

    [Fact]
    public void Images_larger_than_4096_pixels_per_side_are_rejected_before_decoding()
    {
        AssertRejected("4097 by 1", PngBytes.File(4097, 1, PngBytes.Grey, new byte[4097]));

        Assert.Equal(4096, Read(PngBytes.File(4096, 1, PngBytes.Grey, new byte[4096])).Pixels.Length);
    }

    [Fact]
    public void A_file_with_truncated_pixels_is_rejected()
    {
        var noise = new byte[64 * 64];
        new Random(2).NextBytes(noise);
        var complete = PngBytes.File(64, 64, PngBytes.Grey, noise);

        foreach (var length in Enumerable.Range(0, 40).Select(i => i * (complete.Length - 200) / 39))
            Assert.Throws<InputException>(() => Read(complete[..length]));
    }

    [Fact]
    public void A_file_with_one_changed_byte_is_read_or_rejected()
    {
        var complete = PngBytes.File(3, 2, PngBytes.Grey, [0, 1, 2, 127, 128, 255]);
        Gen.Select(Gen.Int[0, complete.Length - 1], Gen.Byte).Sample((position, value) =>
        {
            var changed = complete.ToArray();
            changed[position] = value;
            var path = _folder.Write(Guid.NewGuid().ToString("N"), changed);
            try
            {
                Assert.Equal([0, 1, 2, 127, 128, 255], PngImage.Read(path).Pixels);
            }
            catch (InputException)
            {
            }

            File.Delete(path);
        }, iter: 1_000);
    }

    private PngImage Read(byte[] bytes) => PngImage.Read(_folder.Write("image.png", bytes));

    private void AssertRejected(string reason, byte[] bytes)
    {
        var message = Assert.Throws<InputException>(() => Read(bytes)).Message;
        Assert.StartsWith(_folder["image.png"], message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }
}
