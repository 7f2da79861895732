using System.Drawing;
using SkiaSharp;

namespace Elbo.Tests;

public class ImageGridTests
{
    private static readonly ImageShape Square = new(1, 2, 2);
    private static readonly SKColor Grey = new(128, 128, 128);

    [Fact]
    public void Every_pixel_of_a_small_grid_has_the_expected_position_and_colour()
    {
        // 0.2 x 255 = 51 and 0.8 x 255 = 204.
        var images = new ExampleValues(Square, [0, 1, 0.2f, 0.8f, 1, 1, 0, 0.2f, 0.8f, 0, 0, 1]);

        var picture = Draw(images, new() { Columns = 2, Scale = 3, Margin = 1 });

        Assert.Equal(
            [
                "ggggggggggggggg",
                "gbbbwwwgwwwwwwg",
                "gbbbwwwgwwwwwwg",
                "gbbbwwwgwwwwwwg",
                "gdddlllgbbbdddg",
                "gdddlllgbbbdddg",
                "gdddlllgbbbdddg",
                "ggggggggggggggg",
                "glllbbbgggggggg",
                "glllbbbgggggggg",
                "glllbbbgggggggg",
                "gbbbwwwgggggggg",
                "gbbbwwwgggggggg",
                "gbbbwwwgggggggg",
                "ggggggggggggggg",
            ],
            picture.Lines((Grey, 'g'), (SKColors.Black, 'b'), (SKColors.White, 'w'), (new(51, 51, 51), 'd'), (new(204, 204, 204), 'l')));
    }

    [Fact]
    public void Three_channels_are_red_green_and_blue_planes()
    {
        var images = new ExampleValues(new ImageShape(3, 1, 3), [1, 0, 0.2f, 0, 1, 0.4f, 0, 0, 0.6f]);

        var picture = Draw(images, new() { Scale = 1, Margin = 0 });

        Assert.Equal([new(255, 0, 0), new(0, 255, 0), new(51, 102, 153)], picture.In(.., ..));
    }

    [Fact]
    public void Values_out_of_range_are_clamped()
    {
        var images = new ExampleValues(new ImageShape(1, 1, 4), [-0.5f, 1.5f, float.NegativeInfinity, float.PositiveInfinity]);

        var picture = Draw(images, new() { Scale = 1, Margin = 0 });

        Assert.Equal([SKColors.Black, SKColors.White, SKColors.Black, SKColors.White], picture.In(.., ..));
    }

    [Fact]
    public void Values_are_rounded_to_the_nearest_byte()
    {
        var images = new ExampleValues(new ImageShape(1, 1, 4), [0.001f, 0.003f, 0.25f, 0.999f]);

        var picture = Draw(images, new() { Scale = 1, Margin = 0 });

        Assert.Equal([0, 1, 64, 255], picture.In(.., ..).Select(color => color.Red));
    }

    [Fact]
    public void Every_byte_survives_a_round_trip_through_an_image()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

        var picture = Draw(ExampleValues.FromBytes(new ImageShape(1, 16, 16), bytes), new() { Scale = 1, Margin = 0 });

        Assert.Equal(bytes, picture.In(.., ..).Select(color => color.Green));
    }

    [Theory]
    [InlineData(64, 28, 28, 8 * (56 + 2) + 2, 8 * (56 + 2) + 2)]
    [InlineData(10, 28, 28, 4 * (56 + 2) + 2, 3 * (56 + 2) + 2)]
    [InlineData(1, 32, 20, 60 + 4, 96 + 4)]
    [InlineData(2, 100, 57, 2 * (57 + 2) + 2, 100 + 4)]
    public void The_default_grid_is_nearly_square_with_images_of_at_least_56_pixels(int count, int height, int width, int x, int y)
    {
        var picture = Draw(new ExampleValues(new ImageShape(1, height, width), new float[count * height * width]), new());

        Assert.Equal((x, y), (picture.Width, picture.Height));
    }

    [Fact]
    public void Labels_and_title_are_drawn_outside_the_images()
    {
        var images = new ExampleValues(Square, [.. Enumerable.Range(0, 16).Select(i => i % 3 / 2f)]);
        var options = new ImageGridOptions { Columns = 2, Scale = 30 };
        var bare = Draw(images, options);

        var labelled = Draw(images, options with { Title = "Four", RowLabels = ["upper", "lower"], ColumnLabels = ["0", "1"] });

        var (left, top) = (labelled.Width - bare.Width, labelled.Height - bare.Height);
        Assert.Equal(bare.In(.., ..), labelled.In(left.., top..));
        Assert.True(DarkPixels(labelled, ..left, top..^62) > 20, "The upper row has no label.");
        Assert.True(DarkPixels(labelled, ..left, ^62..) > 20, "The lower row has no label.");
        Assert.True(DarkPixels(labelled, left..^62, 25..top) > 5, "The left column has no label.");
        Assert.True(DarkPixels(labelled, ^62.., 25..top) > 5, "The right column has no label.");
        Assert.True(DarkPixels(labelled, .., ..20) > 20, "The title is missing.");
        Assert.Equal(0, DarkPixels(Draw(images, options with { Title = " ", RowLabels = ["  ", ""] }), ..10, ..));
    }

    [Fact]
    public void Column_labels_that_are_too_wide_are_vertical_and_complete()
    {
        var images = new ExampleValues(Square, new float[8]);
        var options = new ImageGridOptions { Columns = 2, Scale = 10 };
        var low = Draw(images, options with { ColumnLabels = ["0", "1"] });

        var high = Draw(images, options with { ColumnLabels = ["reconstruction", "mean"] });

        Assert.Equal(low.Width, high.Width);
        Assert.True(high.Height > low.Height + 60, "The wide label is not vertical.");
        Assert.True(DarkPixels(high, ..23, ..12) > 5, "The end of the wide label is cut off.");
        Assert.Equal(0, DarkPixels(high, 23.., ..12));
    }

    [Fact]
    public void Labels_on_a_dark_background_are_bright()
    {
        var images = new ExampleValues(Square, new float[4]);

        var picture = Draw(images, new() { Background = Color.Black, Title = "Samples" });

        Assert.Equal(SKColors.Black, picture[0, 0]);
        Assert.Contains(picture.In(.., ..20), color => color.Red > 200);
    }

    [Fact]
    public void The_same_images_give_the_same_bytes()
    {
        var images = new ExampleValues(Square, [0, 0.3f, 0.6f, 1]);
        var options = new ImageGridOptions { Title = "Samples", RowLabels = ["6"] };

        Assert.Equal(ImageGrid.ToPng(images, options), ImageGrid.ToPng(images, options));
    }

    [Fact]
    public void Both_overloads_save_the_same_image()
    {
        using var folder = new TemporaryFolder();
        var images = new ExampleValues(Square, new float[12]);

        ImageGrid.Save(folder["options.png"], images, new ImageGridOptions { Columns = 3 });
        ImageGrid.Save(folder["columns.png"], images, 3);

        var expected = ImageGrid.ToPng(images, new() { Columns = 3 });
        Assert.Equal(expected, File.ReadAllBytes(folder["options.png"]));
        Assert.Equal(expected, File.ReadAllBytes(folder["columns.png"]));
    }

    [Fact]
    public void A_grid_that_cannot_be_saved_leaves_no_file_and_does_not_change_an_existing_one()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["taken.png"]);
        folder.Write("old.png", 1, 2, 3);
        var images = new ExampleValues(Square, new float[4]);

        Assert.Throws<SettingsException>(() => ImageGrid.Save(folder["missing", "grid.png"], images));
        Assert.Throws<SettingsException>(() => ImageGrid.Save(folder["taken.png"], images));
        Assert.Throws<InputException>(() => ImageGrid.Save(folder["old.png"], new ExampleValues(Square, [0, 0, 0, float.NaN])));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(folder["old.png"]));
        Assert.Equal([folder["old.png"], folder["taken.png"]], Directory.GetFileSystemEntries(folder.Path).Order());
    }

    [Fact]
    public void Images_that_cannot_be_drawn_are_rejected_with_one_sentence()
    {
        Assert.Equal(
            "Image 1 (zero-based) of 2 holds a value that is not a number and cannot be drawn: check the computation of the images.",
            Assert.Throws<InputException>(() => Draw(new ExampleValues(Square, [0, 0, 0, 0, 0, float.NaN, 0, 0]), new())).Message);
        Assert.Equal(
            "Images of 2 channels cannot be drawn: pass images of 1 (grey) or 3 (red, green, blue).",
            Assert.Throws<InputException>(() => Draw(new ExampleValues(new ImageShape(2, 1, 1), [0, 0]), new())).Message);
        Assert.Equal(
            "No images were given to draw: pass at least one.",
            Assert.Throws<InputException>(() => Draw(new ExampleValues(Square, []), new())).Message);
    }

    public static TheoryData<ImageGridOptions, string> InvalidOptions => new()
    {
        { new() { Columns = 0 }, "An image grid cannot have 0 columns: set Columns to 1 or more." },
        { new() { Scale = -1 }, "An image grid cannot have a scale of -1: set Scale to 1 or more." },
        { new() { Margin = -1 }, "An image grid cannot have a margin of -1: set Margin to 0 or more." },
        {
            new() { Columns = 1, RowLabels = ["a"] },
            "An image grid with 4 rows has 1 row labels: give one for each row."
        },
        {
            new() { ColumnLabels = ["a", "b", "c"] },
            "An image grid with 2 columns has 3 column labels: give one for each column."
        },
        {
            new() { Scale = 1, RowLabels = ["a", "b"] },
            "Images drawn 2 pixels high have no room for row labels: set a Scale that makes them at least 16 pixels high."
        },
        {
            new() { Scale = 1_000_000_000 },
            "An image grid of 4000000006 by 4000000006 pixels is too large to draw: use fewer images or a smaller Scale."
        },
        { new() { Gap = Color.FromArgb(10, Color.Red) }, "The colour Gap of an image grid is transparent: choose an opaque one." },
    };

    [Theory]
    [MemberData(nameof(InvalidOptions))]
    public void Invalid_options_are_rejected_with_one_sentence(ImageGridOptions options, string message)
    {
        var error = Assert.Throws<SettingsException>(() => Draw(new ExampleValues(Square, new float[16]), options));

        Assert.Equal(message, error.Message);
    }

    private static Picture Draw(ExampleValues images, ImageGridOptions options) => new(ImageGrid.ToPng(images, options));

    private static int DarkPixels(Picture picture, Range columns, Range rows) => picture.In(columns, rows).Count(color => color.Red < 100);
}
