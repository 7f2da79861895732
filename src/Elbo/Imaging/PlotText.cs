using ScottPlot;
using ScottPlot.TickGenerators;

namespace Elbo;

/// <summary>The style of all plots: the embedded typeface, axes on two sides only, and a faint grid.</summary>
internal static class PlotText
{
    public const float LabelSize = 14;
    private const float TitleSize = 16;
    private const float TickSize = 13;

    public static void Set(Plot plot, string title, string xLabel, string yLabel)
    {
        plot.Title(title, TitleSize);
        plot.XLabel(xLabel, LabelSize);
        plot.YLabel(yLabel, LabelSize);
        plot.Axes.Title.Label.FontName = PlotFont.Name;
        plot.Axes.Title.Label.Bold = false;
        foreach (var axis in plot.Axes.GetAxes())
        {
            axis.Label.FontName = PlotFont.Name;
            axis.Label.Bold = false;
            axis.TickLabelStyle.FontName = PlotFont.Name;
            axis.TickLabelStyle.FontSize = TickSize;
        }

        plot.Axes.Top.IsVisible = false;
        plot.Axes.Right.IsVisible = false;
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.08);
    }

    public static NumericAutomatic Ticks(bool wholeNumbers) => new()
    {
        IntegerTicksOnly = wholeNumbers,
        MinorTickGenerator = new EvenlySpacedMinorTickGenerator(1), // one per major tick: none between them
    };
}
