using SkiaSharp;

namespace Elbo.Tests;

public class LabelledPointPlotTests
{
    private static readonly SKColor Blue = SKColor.Parse("0072B2");

    [Fact]
    public void Every_point_is_drawn_at_its_coordinates()
    {
        var picture = Draw(new(0, 10, "a"), new(10, 0, "b"));

        // The point with the smaller x and the larger y is at the upper left.
        Assert.Contains(Blue, picture.In(84..480, 44..300));
        Assert.Contains(Blue, picture.In(480..876, 300..540));
        Assert.DoesNotContain(Blue, picture.In(480..876, 44..300));
        Assert.DoesNotContain(Blue, picture.In(84..480, 300..540));
    }

    [Fact]
    public void A_label_is_above_right_of_its_point_if_there_is_space()
    {
        var picture = Draw(new(0, 0, "label"), new(10, 10, ""), new(10, 0, ""));
        var points = Enumerable.Range(84, 396).Where(x => picture.In(x..(x + 1), 300..540).Contains(Blue)).ToArray();

        Assert.True(Ink(picture, (points[^1] + 2)..(points[^1] + 60)) > 40, "The label is missing.");
        Assert.Equal(0, Ink(picture, (points[0] - 40)..(points[0] - 2)));

        static int Ink(Picture picture, Range columns) => picture.In(columns, 470..497).Count(color => color.Red < 100);
    }

    [Fact]
    public void Labels_of_nearby_points_do_not_overlap()
    {
        SKPoint[] points = [new(100, 100), new(103, 101), new(101, 98), new(102, 103)];
        var size = new SKSize(40, 14);

        var offsets = PlotLabelPlacement.Place(points, [.. points.Select(_ => size)], new SKRect(0, 0, 200, 200), markerSize: 9);

        var labels = points
            .Zip(offsets, (point, offset) => SKRect.Create(point.X + offset.X - 20, point.Y + offset.Y - 7, 40, 14)).ToArray();
        Assert.All(labels.Index(), label => Assert.DoesNotContain(
            labels.Index(), other => other.Index != label.Index && label.Item.IntersectsWith(other.Item)));
        Assert.All(labels, label => Assert.DoesNotContain(points, point => label.Contains(point)));
    }

    [Fact]
    public void A_label_at_the_border_stays_inside_the_plot()
    {
        var offset = Assert.Single(PlotLabelPlacement.Place([new(195, 5)], [new(40, 14)], new SKRect(0, 0, 200, 200), markerSize: 9));

        Assert.True(195 + offset.X + 20 <= 200 && 5 + offset.Y - 7 >= 0);
    }

    [Fact]
    public void Points_are_joined_by_a_line_only_if_requested()
    {
        LabelledPoint[] points = [new(0, 0, "a"), new(10, 10, "b")];

        var joined = new Picture(LabelledPointPlot.ToPng(Data(points) with { AreJoined = true }));
        var plain = new Picture(LabelledPointPlot.ToPng(Data(points)));

        var (x, y) = ((84 + 876) / 2, (44 + 540) / 2);
        Assert.NotEqual(joined[x, y], plain[x, y]);
    }

    [Fact]
    public void Points_that_are_not_finite_are_skipped_and_an_empty_plot_is_rejected()
    {
        LabelledPoint[] points = [new(1, 2, "a"), new(3, 4, "b")];

        Assert.Equal(
            LabelledPointPlot.ToPng(Data(points)), LabelledPointPlot.ToPng(Data([points[0], new(double.NaN, 1, "c"), points[1]])));
        Assert.Equal(
            "No finite points were given to draw: pass at least one point with finite coordinates.",
            Assert.Throws<SettingsException>(() => Draw(new LabelledPoint(1, double.PositiveInfinity, "d"))).Message);
    }

    private static LabelledPointPlotData Data(IReadOnlyList<LabelledPoint> points) =>
        new(points) { Title = "title", XLabel = "x", YLabel = "y" };

    private static Picture Draw(params LabelledPoint[] points) => new(LabelledPointPlot.ToPng(Data(points)));
}
