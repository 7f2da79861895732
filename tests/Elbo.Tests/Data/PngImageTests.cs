using CsCheck;

namespace Elbo.Tests;

public sealed class PngImageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Grey_values_are_those_stored()
    {
        var image = Read(PngBytes.File(3, 2, PngBytes.Grey, [0, 1, 2, 127, 128, 255]));

        Assert.Equal(new ImageShape(1, 2, 3), image.Shape);
        Assert.Equal([0, 1, 2, 127, 128, 255], image.Pixels);
    }

    [Fact]
    public void Colours_become_one_plane_after_the_other()
    {
        var image = Read(PngBytes.File(2, 1, PngBytes.Color, [10, 20, 30, 40, 50, 60]));

        Assert.Equal(new ImageShape(3, 1, 2), image.Shape);
        Assert.Equal([10, 40, 20, 50, 30, 60], image.Pixels);
    }

    [Fact]
    public void Colours_that_are_all_grey_become_one_channel()
    {
        var image = Read(PngBytes.File(2, 1, PngBytes.Color, [9, 9, 9, 8, 8, 8]));

        Assert.Equal(new ImageShape(1, 1, 2), image.Shape);
        Assert.Equal([9, 8], image.Pixels);
        Assert.Equal([9, 8, 9, 8, 9, 8], image.ToColor());
    }

    [Fact]
    public void A_palette_becomes_its_colours()
    {
        var image = Read(PngBytes.File(3, 1, PngBytes.Palette, [1, 0, 1], palette: [1, 2, 3, 200, 150, 100]));

        Assert.Equal([200, 1, 200, 150, 2, 150, 100, 3, 100], image.Pixels);
    }

    [Fact]
    public void Sixteen_bits_become_eight()
    {
        var image = Read(PngBytes.File(2, 1, PngBytes.Grey, [0x80, 0x80, 0xff, 0xff], bitDepth: 16));

        Assert.Equal([0x80, 0xff], image.Pixels);
    }

    [Fact]
    public void Transparency_is_accepted_only_where_nothing_shows_through()
    {
        Assert.Equal([1, 2, 3], Read(PngBytes.File(1, 1, PngBytes.ColorWithAlpha, [1, 2, 3, 255])).Pixels);
        Refused("transparent", PngBytes.File(1, 1, PngBytes.ColorWithAlpha, [1, 2, 3, 254]));
    }

    [Fact]
    public void What_is_no_png_is_refused()
    {
        Refused("not a PNG", []);
        Refused("not a PNG", "hello"u8.ToArray());
        Refused("not a PNG", [.. "BM"u8, .. new byte[60]]);
    }

    [Fact]
    public void Images_beyond_4096_pixels_a_side_are_refused_before_they_are_unpacked()
    {
        Refused("4097 by 1", PngBytes.File(4097, 1, PngBytes.Grey, new byte[4097]));

        Assert.Equal(4096, Read(PngBytes.File(4096, 1, PngBytes.Grey, new byte[4096])).Pixels.Length);
    }

    [Fact]
    public void A_file_whose_pixels_are_cut_off_is_refused()
    {
        var noise = new byte[64 * 64];
        new Random(2).NextBytes(noise);
        var whole = PngBytes.File(64, 64, PngBytes.Grey, noise);

        foreach (var length in Enumerable.Range(0, 40).Select(i => i * (whole.Length - 200) / 39))
            Assert.Throws<DataException>(() => Read(whole[..length]));
    }

    [Fact]
    public void A_file_with_one_byte_changed_is_read_or_refused_but_nothing_else_happens()
    {
        var whole = PngBytes.File(3, 2, PngBytes.Grey, [0, 1, 2, 127, 128, 255]);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Sample((position, value) =>
        {
            var changed = whole.ToArray();
            changed[position] = value;
            var path = _folder.Write(Guid.NewGuid().ToString("N"), changed);
            try
            {
                Assert.Equal([0, 1, 2, 127, 128, 255], PngImage.Read(path).Pixels);
            }
            catch (DataException)
            {
            }

            File.Delete(path);
        }, iter: 1_000);
    }

    private PngImage Read(byte[] bytes) => PngImage.Read(_folder.Write("image.png", bytes));

    private void Refused(string reason, byte[] bytes)
    {
        var message = Assert.Throws<DataException>(() => Read(bytes)).Message;
        Assert.StartsWith(_folder["image.png"], message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }
}
