using CsCheck;
using SkiaSharp;

namespace Elbo.Tests;

public sealed class PictureDecoderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Stored_grey_values_are_unchanged()
    {
        var image = Read(PngBytes.File(3, 2, PngBytes.Grey, [0, 1, 2, 127, 128, 255]));

        Assert.Equal(new ImageShape(1, 2, 3), image.Shape);
        Assert.Equal([0, 1, 2, 127, 128, 255], image.ToBytes());
    }

    [Fact]
    public void Colours_become_separate_channel_planes()
    {
        var image = Read(PngBytes.File(2, 1, PngBytes.Color, [10, 20, 30, 40, 50, 60]));

        Assert.Equal(new ImageShape(3, 1, 2), image.Shape);
        Assert.Equal([10, 40, 20, 50, 30, 60], image.ToBytes());
    }

    [Fact]
    public void A_colour_image_with_only_grey_pixels_has_one_channel()
    {
        var image = Read(PngBytes.File(2, 1, PngBytes.Color, [9, 9, 9, 8, 8, 8]));

        Assert.Equal(new ImageShape(1, 1, 2), image.Shape);
        Assert.Equal([9, 8], image.ToBytes());
        var planes = new byte[6];
        image.CopyTo(planes, ushort.MaxValue, channels: 3);
        Assert.Equal([9, 8, 9, 8, 9, 8], planes);
    }

    [Fact]
    public void A_palette_is_resolved_to_its_colours()
    {
        var image = Read(PngBytes.File(3, 1, PngBytes.Palette, [1, 0, 1], palette: [1, 2, 3, 200, 150, 100]));

        Assert.Equal([200, 1, 200, 150, 2, 150, 100, 3, 100], image.ToBytes());
    }

    [Theory]
    [InlineData(PngBytes.Grey, 1)]
    [InlineData(4, 2)]
    [InlineData(PngBytes.Color, 3)]
    [InlineData(PngBytes.ColorWithAlpha, 4)]
    public void Samples_of_16_bits_are_exact_and_the_range_of_the_picture_is_white(byte colorType, int channels)
    {
        ushort[] values = [0, 1, 2048, 4095];
        byte[] samples = [.. values.SelectMany(value => Enumerable.Range(0, channels)
            .Select(channel => channels is 2 or 4 && channel == channels - 1 ? ushort.MaxValue : value))
            .SelectMany(sample => new[] { (byte)(sample >> 8), (byte)sample })];

        var picture = Read(PngBytes.File(2, 2, colorType, samples, bitDepth: 16));

        Assert.True(picture.IsDeep);
        Assert.Equal(new ImageShape(1, 2, 2), picture.Shape);
        Assert.Equal(values, picture.Samples);
        Assert.Equal([0, 0, 128, 255], picture.ToBytes());
        Assert.Equal([0, 0, 8, 16], Bytes(picture, ushort.MaxValue));
    }

    [Fact]
    public void Sixteen_bits_that_are_used_become_eight()
    {
        Assert.Equal([0x80, 0xff], Read(PngBytes.File(2, 1, PngBytes.Grey, [0x80, 0x80, 0xff, 0xff], bitDepth: 16)).ToBytes());
        Assert.Equal((1, 1, 3, 255, 4095, 65535), (
            DecodedPicture.RangeOf(0), DecodedPicture.RangeOf(1), DecodedPicture.RangeOf(2),
            DecodedPicture.RangeOf(200), DecodedPicture.RangeOf(2048), DecodedPicture.RangeOf(32768)));
    }

    [Fact]
    public void Every_filter_gives_the_samples_that_were_stored()
    {
        // Skia writes the numbers of float16 as 16 bits, with whatever filter is asked for.
        using var bitmap = new SKBitmap(new SKImageInfo(13, 11, SKColorType.RgbaF16, SKAlphaType.Opaque));
        var random = new Random(3);
        var span = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Half>(bitmap.GetPixelSpan());
        for (var i = 0; i < span.Length; i++)
            span[i] = (Half)(i % 4 == 3 ? 1 : i / (double)span.Length * 0.9 + random.NextDouble() * 0.1);
        using var pixmap = bitmap.PeekPixels();
        foreach (var filter in new[] { "None", "Sub", "Up", "Avg", "Paeth", "AllFilters" }.Select(Enum.Parse<SKPngEncoderFilterFlags>))
        {
            using var encoded = pixmap.Encode(new SKPngEncoderOptions(filter, 9));
            var bytes = encoded!.ToArray();
            Assert.True(SixteenBitPng.Is(bytes));
            var samples = SixteenBitPng.Read(bytes, 13, 11);
            for (var i = 0; i < samples.Length; i++)
                Assert.InRange(samples[i] - 65535 * (double)span[i], -1, 1);
        }
    }

    [Fact]
    public void An_interlaced_picture_of_16_bits_is_put_together()
    {
        // The first pass has the first pixel, the sixth the second of the first row, the seventh the second row.
        var picture = Read(PngBytes.File(2, 2, PngBytes.Grey, [[0, 1], [0, 2], [0, 3, 0, 4]], bitDepth: 16, isInterlaced: true));

        Assert.Equal([1, 2, 3, 4], picture.Samples);
    }

    [Fact]
    public void Jpeg_WebP_BMP_and_GIF_are_read_whatever_the_name_says()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(16, 8, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(new SKColor(200, 100, 50));
        byte[] bmp =
        [
            .. "BM"u8, 62, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 24, 0, 0, 0, 0, 0, 8, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 50, 100, 200, 0, 51, 101, 201, 0,
        ];

        foreach (var (format, tolerance) in new[] { (SKEncodedImageFormat.Jpeg, 2), (SKEncodedImageFormat.Webp, 3) })
        {
            var picture = Read(bitmap.Encode(format, 100).ToArray());
            Assert.Equal(new ImageShape(3, 8, 16), picture.Shape);
            Assert.All(picture.ToBytes().Chunk(128).Zip([200, 100, 50]), plane => Assert.All(
                plane.First, value => Assert.InRange(value, plane.Second - tolerance, plane.Second + tolerance)));
        }

        Assert.Equal([201, 200, 101, 100, 51, 50], Read(bmp).ToBytes());
        Assert.Equal([0], Read(Gif(1)).ToBytes());
        AssertRejected("animation of 2 pictures", Gif(2));
    }

    [Theory]
    [InlineData(1, "abcdef", 3)]
    [InlineData(3, "fedcba", 3)]
    [InlineData(6, "daebfc", 2)]
    [InlineData(8, "cfbead", 2)]
    public void A_photo_is_turned_as_it_is_shown(byte orientation, string shown, int width)
    {
        // A picture of three columns and two rows, a to f, in blocks of 16 pixels, from dark to bright.
        using var bitmap = new SKBitmap(new SKImageInfo(48, 32, SKColorType.Gray8, SKAlphaType.Opaque));
        for (var i = 0; i < 48 * 32; i++)
            bitmap.GetPixelSpan()[i / 48 * bitmap.RowBytes + i % 48] = (byte)(20 + 40 * (i / 48 / 16 * 3 + i % 48 / 16));
        var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 100).ToArray();
        byte[] exif =
        [
            0xff, 0xe1, 0, 34, .. "Exif"u8, 0, 0, .. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0,
            0, 0, 0, 0,
        ];

        var picture = Read([.. jpeg[..2], .. exif, .. jpeg[2..]]);

        Assert.Equal(16 * width, picture.Shape.Width);
        Assert.Equal(shown, string.Concat(Enumerable.Range(0, 6).Select(block => (char)('a' + (int)Math.Round(
            (picture.Samples[(block / width * 16 + 8) * 16 * width + block % width * 16 + 8] - 20) / 40.0)))));
    }

    [Theory]
    [InlineData("white", 255, 255, 255)]
    [InlineData("black", 0, 0, 0)]
    [InlineData("#0A141E", 10, 20, 30)]
    public void Transparent_pixels_are_flattened_onto_the_background(string background, int red, int green, int blue)
    {
        var path = _folder.Write("image.png", PngBytes.File(3, 1, PngBytes.ColorWithAlpha, [9, 8, 7, 255, 1, 2, 3, 0, 255, 0, 100, 51]));

        var picture = PictureDecoder.Read(path, PictureBackground.Parse(background));

        // A fifth of the third pixel is itself.
        Assert.Equal(
            [9, red, (int)Math.Round(51 + red * 0.8), 8, green, (int)Math.Round(green * 0.8), 7, blue, (int)Math.Round(20 + blue * 0.8)],
            picture.ToBytes().Select(value => (int)value));
        Assert.Throws<SettingsException>(() => PictureBackground.Parse("grey"));
        Assert.Throws<SettingsException>(() => PictureBackground.Parse("#12345"));
    }

    [Fact]
    public void An_alpha_channel_is_accepted_only_if_all_pixels_are_opaque()
    {
        Assert.Equal([1, 2, 3], Read(PngBytes.File(1, 1, PngBytes.ColorWithAlpha, [1, 2, 3, 255])).ToBytes());
        AssertRejected("Background", PngBytes.File(1, 1, PngBytes.ColorWithAlpha, [1, 2, 3, 254]));
    }

    [Fact]
    public void A_file_that_is_not_a_picture_is_rejected()
    {
        AssertRejected("not a picture", []);
        AssertRejected("not a picture", "hello"u8.ToArray());
        AssertRejected("not a picture", [.. "BM"u8, .. new byte[60]]);
    }

    [Fact]
    public void Images_larger_than_4096_pixels_per_side_are_rejected_before_decoding()
    {
        AssertRejected("4097 by 1", PngBytes.File(4097, 1, PngBytes.Grey, new byte[4097]));

        Assert.Equal(4096, Read(PngBytes.File(4096, 1, PngBytes.Grey, new byte[4096])).ToBytes().Length);
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
                Assert.Equal([0, 1, 2, 127, 128, 255], PictureDecoder.Read(path).ToBytes());
            }
            catch (InputException)
            {
            }

            File.Delete(path);
        }, iter: 1_000);
    }

    private DecodedPicture Read(byte[] bytes) => PictureDecoder.Read(_folder.Write("image.png", bytes));

    private static byte[] Bytes(DecodedPicture picture, int maximum)
    {
        var bytes = new byte[picture.Samples.Length];
        picture.CopyTo(bytes, maximum, picture.Shape.Channels);
        return bytes;
    }

    // One black pixel, once or more often.
    private static byte[] Gif(int frames) =>
    [
        .. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
        .. Enumerable.Repeat<byte[]>([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0], frames).SelectMany(frame => frame),
        0x3b,
    ];

    private void AssertRejected(string reason, byte[] bytes)
    {
        var message = Assert.Throws<InputException>(() => Read(bytes)).Message;
        Assert.StartsWith(_folder["image.png"], message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }
}
