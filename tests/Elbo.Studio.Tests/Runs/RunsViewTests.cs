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
    public void For_a_single_run_all_settings_are_shown()
    {
        _folders.Add("run");

        var names = Show(null, "run").Differences.Select(row => row.Name).ToList();
        Assert.Contains("training.seed", names);
        Assert.Contains("model.latentSize", names);
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
        Assert.Equal([PictureOf(shown), shown <= 3 ? PictureOf(shown) : null], view.Samples);

        // The byte in the file is the epoch.
        static string PictureOf(int epoch) => "data:image/png;base64," + Convert.ToBase64String([(byte)epoch]);
    }

    [Fact]
    public void A_run_without_samples_has_none()
    {
        Directory.Delete(Path.Combine(_folders.Add("run", epochs: 1), "samples"), recursive: true);

        var view = Show(null, "run");
        Assert.Empty(view.SampleEpochs);
        Assert.Equal([null], view.Samples);
    }

    [Fact]
    public void A_sample_image_above_the_size_limit_is_not_read()
    {
        var run = _folders.Add("run", epochs: 1);
        File.WriteAllBytes(new RunDirectory(run).SamplePath(1), new byte[5 * 1024 * 1024]);

        Assert.Equal([null], Show(null, "run").Samples);
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
            "Runs.Split.train",
            "Runs.Split.validation",
        ];
        Assert.All(names, name => Assert.NotEqual(Strings.For("en")[name], Strings.For("zh")[name]));
    }

    private RunsView Show(int? epoch, params string[] names)
    {
        var catalogue = _folders.Catalogue();
        return RunsView.Of([.. names.Select(name => catalogue.Find(RunCatalogue.IdOf(_folders[name]))!)], epoch);
    }

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Number();
}
