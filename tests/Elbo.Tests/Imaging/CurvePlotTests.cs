using SkiaSharp;

namespace Elbo.Tests;

public class CurvePlotTests
{
    private static readonly SKColor Blue = SKColor.Parse("0072B2");
    private static readonly SKColor Vermillion = SKColor.Parse("D55E00");
    private static readonly SKColor Green = SKColor.Parse("009E73");

    // Below the legend, which always shows all colours.
    private static readonly Range Panels = 60..;

    [Fact]
    public void Every_curve_is_drawn_in_its_colour_in_each_of_its_panels()
    {
        var picture = Draw(
            new("train", CurvePanel.NegativeElbo, [1, 2, 3], [120, 110, 105]),
            new("validation", CurvePanel.NegativeElbo, [1, 2, 3], [125, 113, 109]),
            new("train", CurvePanel.Reconstruction, [1, 2, 3], [100, 88, 81]),
            new("validation", CurvePanel.Kl, [1, 2, 3], [20, 22, 24]),
            new("test", CurvePanel.ActiveUnits, [1, 2, 3], [20, 19, 19]));

        Assert.Equal((1200, 800), (picture.Width, picture.Height));
        var (left, right, upper, lower) = (..600, 600.., 60..410, 420..);
        Assert.Equal([true, true, false], Seen(picture, left, upper));
        Assert.Equal([true, false, false], Seen(picture, right, upper));
        Assert.Equal([false, true, false], Seen(picture, left, lower));
        Assert.Equal([false, false, true], Seen(picture, right, lower));
        Assert.Equal([true, true, true], Seen(picture, 600.., ..60));
    }

    [Fact]
    public void A_decreasing_curve_falls_and_an_increasing_curve_rises()
    {
        var picture = Draw(new("down", CurvePanel.Kl, [1, 2], [9, 1]), new("up", CurvePanel.Kl, [1, 2], [1, 9]));

        Assert.True(MeanRow(picture, Blue, ..600) < MeanRow(picture, Blue, 600..) - 200, "The decreasing curve does not fall.");
        Assert.True(MeanRow(picture, Vermillion, ..600) > MeanRow(picture, Vermillion, 600..) + 200, "The increasing curve does not rise.");
    }

    [Fact]
    public void Points_that_are_not_finite_are_skipped_and_the_line_continues()
    {
        double[] x = [1, 2, 3, 4];

        var skipped = CurvePlot.ToPng(Data(new CurveSeries("train", CurvePanel.Kl, x, [4, double.NaN, double.PositiveInfinity, 7])));

        Assert.Equal(CurvePlot.ToPng(Data(new CurveSeries("train", CurvePanel.Kl, [1, 4], [4, 7]))), skipped);
    }

    [Theory]
    [InlineData(5.0)]
    [InlineData(0.0)]
    [InlineData(-3e20)]
    [InlineData(1e-9)]
    public void A_single_point_is_visible(double value)
    {
        var picture = Draw(new CurveSeries("train", CurvePanel.Kl, [1], [value]));

        Assert.Contains(Blue, picture.In(.., Panels));
    }

    [Fact]
    public void A_panel_without_values_shows_a_notice()
    {
        var empty = Draw(new CurveSeries("train", CurvePanel.Kl, [1, 2], [double.NaN, double.NaN]));

        Assert.DoesNotContain(Blue, empty.In(.., Panels));
        Assert.Contains(empty.In(500..700, 380..430), color => color.Red < 150);
    }

    [Fact]
    public void A_marker_is_drawn_as_a_vertical_line_at_its_position()
    {
        var data = Data(new CurveSeries("train", CurvePanel.Kl, [0, 10], [1, 1]));

        var picture = new Picture(CurvePlot.ToPng(data with { Markers = [new(5, "KL weight 1")] }));
        var without = new Picture(CurvePlot.ToPng(data));

        var changed = Enumerable.Range(0, picture.Width)
            .Where(x => Enumerable.Range(100, 600).Count(y => picture[x, y] != without[x, y]) > 200).ToArray();
        var ends = Enumerable.Range(0, picture.Width).Where(x => picture.In(x..(x + 1), Panels).Contains(Blue)).ToArray();
        Assert.InRange(changed.Length, 1, 3);
        Assert.InRange(changed.Average() - (ends[0] + ends[^1]) / 2.0, -2, 2);
    }

    [Fact]
    public void Curves_with_repeated_colours_differ_by_their_line_style()
    {
        CurveSeries[] nine = [.. Enumerable.Range(0, 9).Select(i => new CurveSeries($"run {i}", CurvePanel.Kl, [1, 2], [i, i]))];

        var picture = Draw(nine);

        var blueOfLine = Enumerable.Range(60, 740).Select(y => picture.In(.., y..(y + 1)).Count(color => color == Blue));
        var runs = blueOfLine.Where(count => count > 300).Order().ToArray();
        Assert.True(runs[0] < 0.8 * runs[^1], "The eighth curve looks like the first.");
    }

    [Fact]
    public void Legend_entries_that_do_not_fit_next_to_the_title_are_on_separate_lines()
    {
        var many = Enumerable.Range(0, 7).Select(i => new CurveSeries($"a run with quite a long name {i}", CurvePanel.Kl, [1], [i]));

        var picture = new Picture(CurvePlot.ToPng(Data([.. many]) with { Title = "runs" }));

        Assert.DoesNotContain(Blue, picture.In(.., ..30));
        Assert.Contains(Blue, picture.In(..100, 30..60));
        Assert.All(picture.In(^20.., ..100), color => Assert.Equal(SKColors.White, color));
    }

    [Fact]
    public void Title_axis_labels_and_legend_are_drawn()
    {
        var data = Data(new CurveSeries("train", CurvePanel.NegativeElbo, [1, 2], [5, 4]));

        var picture = new Picture(CurvePlot.ToPng(data with { Title = "a run" }));

        Assert.True(Ink(picture, ..200, ..44) > 50, "The title is missing.");
        Assert.True(Ink(picture, 1140.., ..44) > 50, "The legend is missing.");
        Assert.True(Ink(picture, 500..750, 44..72) > 50, "The panel title is missing.");
        Assert.True(Ink(picture, 12..32, 300..500) > 30, "The label of the vertical axis is missing.");
        Assert.True(Ink(picture, 580..700, 762..) > 30, "The label of the horizontal axis is missing.");
    }

    [Fact]
    public void The_same_curves_give_the_same_bytes_in_memory_and_in_a_file()
    {
        using var folder = new TemporaryFolder();
        var data = Data(new CurveSeries("train", CurvePanel.Kl, [1, 2], [3, 4]));

        CurvePlot.Save(folder["curves.png"], data);

        Assert.Equal(CurvePlot.ToPng(data), File.ReadAllBytes(folder["curves.png"]));
        Assert.Throws<SettingsException>(() => CurvePlot.Save(folder["missing", "curves.png"], data));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Invalid_curves_are_rejected_with_one_sentence()
    {
        Assert.Equal(
            "No curves were given to draw: pass at least one series.", Assert.Throws<SettingsException>(() => Draw()).Message);
        Assert.Equal(
            "The curve 'train' of KL has 2 positions and 1 values: give one value per position.",
            Assert.Throws<SettingsException>(() => Draw(new CurveSeries("train", CurvePanel.Kl, [1, 2], [3]))).Message);
    }

    private static CurvePlotData Data(params CurveSeries[] series) => new(series);

    private static Picture Draw(params CurveSeries[] series) => new(CurvePlot.ToPng(Data(series)));

    private static bool[] Seen(Picture picture, Range columns, Range rows)
    {
        var colors = picture.In(columns, rows).ToHashSet();
        return [colors.Contains(Blue), colors.Contains(Vermillion), colors.Contains(Green)];
    }

    private static double MeanRow(Picture picture, SKColor color, Range columns) => Enumerable.Range(60, 740)
        .SelectMany(y => picture.In(columns, y..(y + 1)).Where(pixel => pixel == color).Select(_ => y)).Average();

    private static int Ink(Picture picture, Range columns, Range rows) =>
        picture.In(columns, rows).Count(color => color is { Red: < 128, Green: < 128, Blue: < 128 });
}
