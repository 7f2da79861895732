using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Elbo.Studio.Tests;

public sealed partial class RunsViewTests : IDisposable
{
    private readonly RunFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public void Only_differing_settings_are_shown_with_the_value_of_each_run()
    {
        _folders.Add("first");
        _folders.Add("second", configuration: settings => settings with
        {
            Preset = "beta-vae",
            Objective = new ObjectiveOptions { KlWeight = 4 },
            Model = settings.Model with { Network = new NetworkOptions { Hidden = [200, 200] } },
        });

        var rows = Show(null, "first", "second").Differences.ToDictionary(row => row.Name, row => row.Values);
        Assert.Equal(["model.network.hidden", "objective.klWeight", "preset"], rows.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["400", "200,200"], rows["model.network.hidden"]);
        Assert.Equal(["1", "4"], rows["objective.klWeight"]);
        Assert.Equal(["vae", "beta-vae"], rows["preset"]);
    }

    [Fact]
    public void For_a_single_run_the_settings_are_shown_that_its_preset_does_not_have_or_all()
    {
        _folders.Add("run", configuration: settings => settings with { Training = settings.Training with { LearningRate = 0.01 } });
        _folders.Add("own", configuration: settings => settings with { Preset = "of-a-plug-in" });

        var view = Show(null, "run");
        Assert.Equal(
            [("model.latentSize", "2", "20"), ("model.shape.width", "2", "-"), ("training.learningRate", "0.01", "0.001")],
            view.SettingsToShow(all: false).Select(row => (row.Name, row.Values[0], row.Default))
                .Where(row => row.Name is not ("model.shape.channels" or "model.shape.height"))
                .OrderBy(row => row.Name, StringComparer.Ordinal));
        Assert.Contains("training.seed", view.SettingsToShow(all: true).Select(row => row.Name));
        var own = Show(null, "own");
        Assert.False(own.HasDefaults);
        Assert.Contains("training.seed", own.SettingsToShow(all: false).Select(row => row.Name));
    }

    [Theory]
    [InlineData(null, 5)]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    [InlineData(99, 5)]
    public void The_samples_of_the_nearest_epoch_are_shown(int? requested, int shown)
    {
        _folders.Add("long", epochs: 5);
        _folders.Add("short", epochs: 3);

        var view = Show(requested, "long", "short");
        Assert.Equal([1, 2, 3, 4, 5], view.SampleEpochs);
        Assert.Equal((requested, shown), (view.RequestedEpoch, view.Epoch));
        // The run that has no such epoch shows its own nearest one.
        Assert.Equal([shown, Math.Min(shown, 3)], view.Samples.Select(sample => sample.Epoch));
        Assert.Equal([PictureOf(shown), PictureOf(Math.Min(shown, 3))], view.Samples.Select(sample => sample.DataUrl));

        // The byte in the file is the epoch.
        static string PictureOf(int epoch) => "data:image/png;base64," + Convert.ToBase64String([(byte)epoch]);
    }

    [Fact]
    public void A_run_without_samples_has_none()
    {
        Directory.Delete(Path.Combine(_folders.Add("run", epochs: 1), "samples"), recursive: true);

        var view = Show(null, "run");
        Assert.Empty(view.SampleEpochs);
        Assert.Equal([new RunSample(0, null)], view.Samples);
    }

    [Fact]
    public void A_sample_image_above_the_size_limit_is_not_read()
    {
        var run = _folders.Add("run", epochs: 1);
        File.WriteAllBytes(new RunDirectory(run).SamplePath(1), new byte[5 * 1024 * 1024]);

        Assert.Equal([new RunSample(1, null)], Show(null, "run").Samples);
    }

    [Fact]
    public void A_chart_draws_a_curve_per_series_within_the_plot_area_and_a_line_per_weight_change()
    {
        _folders.Add("first", epochs: 0);
        _folders.AddEpoch("first", 1);
        _folders.AddEpoch("first", 2, klWeight: 4);
        _folders.Add("second", epochs: 40);

        var chart = Show(null, "first", "second").Charts.Single(each => each.Term == RunTerm.Reconstruction);
        Assert.Equal([(0, 2)], chart.Changes);
        var svg = XElement.Parse($"<svg>{chart.Content}</svg>");
        Assert.Single(svg.Descendants("path"), path => Class(path) == "change");
        Assert.Equal(
            ["curve train", "curve validation", "curve train", "curve validation"],
            svg.Descendants("path").Select(Class).Where(name => name.StartsWith("curve", StringComparison.Ordinal)));
        // Epochs increase to the right, values upwards.
        var points = Number().Matches(svg.Descendants("path").Last(path => Class(path) == "curve train").Attribute("d")!.Value)
            .Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture)).Chunk(2).ToList();
        Assert.Equal(40, points.Count);
        Assert.All(points, point => Assert.True(point[0] is >= 0 and <= ChartFrame.Width && point[1] is >= 0 and <= ChartFrame.Height));
        Assert.Equal(points.OrderBy(point => point[0]), points);
        Assert.Equal(points.OrderByDescending(point => point[1]), points);

        static string Class(XElement element) => element.Attribute("class")?.Value ?? "";
    }

    [Fact]
    public void Shown_epochs_fill_the_plot_area_and_nonsense_shows_all()
    {
        _folders.Add("run", epochs: 40);

        var chart = Show(null, (10, 20), "run").Charts[0];
        Assert.Equal((10, 20), (chart.Frame.Left, chart.Frame.Right));
        // Only what is seen counts for the height: -ELBO 120 to 240 and 250.
        Assert.InRange(chart.Frame.Bottom, 100, 130);
        Assert.InRange(chart.Frame.Top, 250, 262);
        Assert.Equal((30, 40), Show(null, (30, 900), "run").Zoom);
        Assert.Null(Show(null, (40, 50), "run").Zoom);
        Assert.Null(Show(null, (0, 40), "run").Zoom);
    }

    [Fact]
    public void Runs_beyond_the_colours_differ_by_markers_and_dashes()
    {
        Assert.Equal(
            RunsState.Max,
            Enumerable.Range(0, RunsState.Max).Select(run => (RunStyle.Color(run), RunStyle.Marker(run), RunStyle.Dash(run))).Distinct()
                .Count());
        Assert.All(Enumerable.Range(0, RunsState.Max), run => XElement.Parse(RunStyle.Swatch(run)));
    }

    [Fact]
    public void A_chart_of_many_runs_stays_small()
    {
        var names = Enumerable.Range(0, 30).Select(number => $"run-{number}").ToArray();
        foreach (var name in names)
            _folders.Add(name, epochs: 300);

        var view = Show(null, names);
        Assert.Equal(60, view.Charts[0].Series.Count);
        Assert.InRange(view.Charts[0].Content.Length, 10_000, 200_000);
        Assert.Equal(RunsView.MaxPictured, view.Samples.Count);
        Assert.Equal(RunsView.MaxPictured, view.KlMaps.Count);
        XElement.Parse($"<svg>{view.Charts[0].Content}</svg>");
    }

    [Fact]
    public void The_KL_by_dimension_is_sorted_by_the_last_epoch()
    {
        _folders.Add("run", epochs: 9);

        // Dimension 1 keeps 8 nats, dimension 2 has 2 more than the epoch: 11 at the end.
        var map = Assert.Single(Show(null, "run").KlMaps);
        Assert.Equal([2, 1], map.Rows.Select(row => row.Dimension));
        Assert.Equal(Enumerable.Range(1, 9).Select(epoch => new RunPoint(epoch, 2 + epoch)), map.Rows[0].Points);
        Assert.Equal(("validation", 2, 0, 11), (map.Split, map.Dimensions, map.Rest, map.Darkest));
        XElement.Parse($"<svg>{map.Content}</svg>");
        Assert.Contains("z2 11, z1 8", map.Describe(Strings.For("en"), Show(null, "run").Runs), StringComparison.Ordinal);
    }

    [Fact]
    public void The_browser_gets_the_values_of_every_curve()
    {
        _folders.Add("run \"<b>", epochs: 2);
        _folders.AddErrors("run \"<b>", (2, "validation", 0.4321));

        var view = Show(null, "run \"<b>");
        using var data = System.Text.Json.JsonDocument.Parse(view.Charts[0].Data(Strings.For("en"), view.Runs));
        var curve = data.RootElement.GetProperty("curves")[1];
        Assert.Equal("run \"<b>, validation", curve.GetProperty("name").GetString());
        Assert.Equal("[1,2]", curve.GetProperty("epochs").GetRawText());
        Assert.Equal("[212,214]", curve.GetProperty("values").GetRawText());
        Assert.Equal("[null,0.43]", curve.GetProperty("errors").GetRawText());
    }

    [Theory]
    [InlineData(0, 30, new double[] { 0, 10, 20, 30 })]
    [InlineData(97.2, 131, new double[] { 100, 110, 120, 130 })]
    [InlineData(0, 0.002, new double[] { 0, 0.0005, 0.001, 0.0015, 0.002 })]
    public void Ticks_are_round_numbers_within_the_axis(double from, double to, double[] expected)
    {
        var ticks = ChartFrame.Ticks(from, to);
        Assert.Equal(expected.Length, ticks.Count);
        Assert.All(expected.Zip(ticks), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Theory]
    [InlineData("en", "validation", "from 201 to 203 at epoch 3")]
    [InlineData("zh", "验证集", "从 201 到 203")]
    public void A_chart_has_a_text_alternative(string language, string split, string figures)
    {
        _folders.Add("run");

        var view = Show(null, "run");
        var text = view.Charts.Single(chart => chart.Term == RunTerm.Reconstruction).Describe(Strings.For(language), view.Runs);
        Assert.Contains("run", text, StringComparison.Ordinal);
        Assert.Contains(split, text, StringComparison.Ordinal);
        Assert.Contains(figures, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_text_named_after_an_enum_value_exists_in_both_languages()
    {
        string[] names =
        [
            .. Enum.GetNames<RunTerm>().Select(term => $"Runs.Term.{term}"),
            .. Enum.GetNames<RunStatus>().Select(status => $"Runs.State.{status}"),
            "Runs.Split.test",
            "Runs.Split.train",
            "Runs.Split.validation",
        ];
        Assert.All(names, name => Assert.NotEqual(Strings.For("en")[name], Strings.For("zh")[name]));
    }

    private RunsView Show(int? epoch, params string[] names) => Show(epoch, null, names);

    private RunsView Show(int? epoch, (int From, int To)? zoom, params string[] names)
    {
        var catalogue = _folders.Catalogue();
        return RunsView.Of([.. names.Select(name => catalogue.Find(RunCatalogue.IdOf(_folders[name]))!)], epoch, zoom);
    }

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Number();
}
