using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Elbo.Benchmarks;

/// <summary>Draws the plots of docs/performance.md from the results of a machine.</summary>
internal static class Pictures
{
    private const int TextSize = 14;
    private static readonly Color[] Palette =
        [Color.FromHex("#9aa5b1"), Color.FromHex("#1b6ca8"), Color.FromHex("#e3a857"), Color.FromHex("#c8553d"), Color.FromHex("#7a4b3a")];

    /// <summary>Draws the tables in the output folder as plots in docs/images.</summary>
    public static void Draw(Bench bench)
    {
        var images = Path.Combine(bench.Repository, "docs", "images");
        Draw("training", DrawTraining);
        Draw("growth", DrawGrowth);

        void Draw(string table, Action<string, string> draw)
        {
            if (File.Exists(Path.Combine(bench.Output, table + ".csv")))
                draw(bench.Output, Path.Combine(images, $"performance-{table}.png"));
        }
    }

    /// <summary>A bar chart with one group per model: the time per step of each contender relative to Elbo's in the same round.</summary>
    private static void DrawTraining(string folder, string path)
    {
        var ratios = Rounds.Ratios(folder, "training", reference: "Elbo");
        var models = ratios.Select(ratio => ratio.Series).Distinct().ToList();
        string[] names = ["matrix products alone", "Elbo", "best PyTorch", "autograd and fused Adam"];
        using var plot = new Plot();
        for (var i = 0; i < names.Length; i++)
        {
            var bars = new List<Bar>();
            for (var model = 0; model < models.Count; model++)
            {
                var times = ratios.Where(ratio => ratio.Series == models[model])
                    .ToDictionary(ratio => ratio.Contender, ratio => ratio.Median);
                if (TimeOf(names[i], times) is { } relative)
                {
                    bars.Add(new Bar
                    {
                        Position = model + (i - 2) * 0.17,
                        Value = relative,
                        Size = 0.16,
                        FillColor = Palette[i],
                        LineWidth = 0,
                        Label = relative.ToString("0.0#", CultureInfo.InvariantCulture),
                    });
                }
            }

            var group = plot.Add.Bars(bars);
            group.LegendText = names[i];
            group.ValueLabelStyle.FontSize = 11;
            group.ValueLabelStyle.FontName = PlotFont.Name;
        }

        plot.Axes.Bottom.TickGenerator = new NumericManual(
            [.. models.Select((_, index) => (double)index)], [.. models.Select(ShortName)]);
        plot.Axes.Margins(bottom: 0, top: 0.25);
        Finish(plot, "Time of a training step, relative to Elbo's (lower is faster)", "", path, 2000, 620);
    }

    private static string ShortName(string model) =>
        model.Replace("convolutional", "conv", StringComparison.Ordinal).Replace(", ", "\n", StringComparison.Ordinal);

    private static double? TimeOf(string name, Dictionary<string, double> times) => name switch
    {
        "matrix products alone" => times.TryGetValue("matrix products alone (the bound)", out var bound) ? bound : null,
        "best PyTorch" => times.Where(time => time.Key.StartsWith("PyTorch", StringComparison.Ordinal))
            .Select(time => (double?)time.Value).Min(),
        _ => times.TryGetValue(name, out var time) ? time : null,
    };

    /// <summary>Curves of the time over each problem size, on log-log axes.</summary>
    private static void DrawGrowth(string folder, string path)
    {
        var curves = Rounds.Medians(folder, "growth").GroupBy(median => median.Series).ToList();
        var figure = new Multiplot();
        figure.AddPlots(curves.Count);
        figure.Layout = new ScottPlot.MultiplotLayouts.Grid(rows: 1, columns: curves.Count);
        foreach (var (index, curve) in curves.Index())
        {
            var plot = figure.GetPlot(index);
            var line = plot.Add.Scatter(
                [.. curve.Select(point => Math.Log10(point.X!.Value))],
                curve.Select(point => Math.Log10(point.Median)).ToArray(),
                Palette[1]);
            line.LineWidth = 2;
            line.MarkerSize = 7;
            plot.Axes.Bottom.TickGenerator = new NumericManual(
                [.. curve.Select(point => Math.Log10(point.X!.Value))], [.. curve.Select(point => Format(point.X!.Value))]);
            plot.Axes.Left.TickGenerator = new NumericManual(
                [.. Ticks.Select(tick => Math.Log10(tick))], [.. Ticks.Select(tick => $"{tick}")]);
            plot.Axes.SetLimitsY(Math.Log10(5), Math.Log10(320));
            Style(plot, index == 0 ? "µs per example" : "", curve.Key);
        }

        figure.SavePng(path, 1800, 420);
    }

    private static readonly int[] Ticks = [5, 10, 20, 40, 80, 160, 320];

    private static string Format(double size) => size >= 1000 ? $"{size / 1000:0.#}k" : $"{size:0}";

    private static void Finish(Plot plot, string title, string x, string path, int width, int height)
    {
        Style(plot, "", x);
        plot.Axes.Title.Label.Text = title;
        plot.Axes.Title.Label.FontName = PlotFont.Name;
        plot.Axes.Title.Label.FontSize = TextSize + 2;
        plot.ShowLegend(Alignment.UpperLeft);
        plot.Legend.FontName = PlotFont.Name;
        plot.Legend.FontSize = TextSize;
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.SavePng(path, width, height);
    }

    private static void Style(Plot plot, string left, string bottom)
    {
        foreach (var (axis, text) in new (IAxis, string)[] { (plot.Axes.Left, left), (plot.Axes.Bottom, bottom) })
        {
            axis.Label.Text = text;
            axis.Label.FontName = PlotFont.Name;
            axis.Label.FontSize = TextSize;
            axis.TickLabelStyle.FontName = PlotFont.Name;
            axis.TickLabelStyle.FontSize = TextSize - 2;
        }
    }
}
