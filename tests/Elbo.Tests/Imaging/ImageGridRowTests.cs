namespace Elbo.Tests;

public class ImageGridRowTests
{
    private static readonly ImageGridOptions Plain = new() { Columns = 1, Scale = 10, Margin = 0 };

    [Fact]
    public void Grids_are_arranged_in_rows()
    {
        var picture = new Picture(ImageGridRow.ToPng([(Grey(0f), Plain), (Grey(0.2f), Plain), (Grey(0.4f), Plain)], perRow: 2));

        // 20 by 20 pixels each, with gaps and a border of 16 pixels.
        Assert.Equal((16 + 20 + 16 + 20 + 16, 16 + 20 + 16 + 20 + 16), (picture.Width, picture.Height));
        Assert.Equal((0, 51, 102), (picture[26, 26].Red, picture[62, 26].Red, picture[26, 62].Red));
        Assert.Equal((255, 255), (picture[44, 26].Red, picture[62, 62].Red));
    }

    [Fact]
    public void Each_grid_is_drawn_as_a_single_grid_would_be()
    {
        var options = Plain with { Title = "0.5" };

        var alone = new Picture(ImageGrid.ToPng(Grey(0.3f), options));
        var picture = new Picture(ImageGridRow.ToPng([(Grey(0.9f), options), (Grey(0.3f), options)], perRow: 6));

        var left = 16 + alone.Width + 16;
        Assert.Equal(
            alone.In(.., ..), picture.In(left..(left + alone.Width), 16..(16 + alone.Height)));
    }

    [Fact]
    public void An_empty_list_of_grids_is_rejected() => Assert.Contains(
        "at least one", Assert.Throws<SettingsException>(() => ImageGridRow.ToPng([], perRow: 1)).Message, StringComparison.Ordinal);

    private static ExampleValues Grey(float value) => new(new ImageShape(1, 2, 2), [value, value, value, value]);
}
