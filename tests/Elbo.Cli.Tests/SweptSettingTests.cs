using System.Globalization;

namespace Elbo.Cli.Tests;

public class SweptSettingTests
{
    [Theory]
    [InlineData("objective.klWeight=0.1,1,8", "0.1", "1", "8")]
    [InlineData("objective.klWeight=1,linear:0:1:1000,cyclical:0:1:10:2", "1", "linear:0:1:1000", "cyclical:0:1:10:2")]
    [InlineData("model.network.hidden=[400],[400,200],[]", "[400]", "[400,200]", "[]")]
    [InlineData("model.network.hidden=400,200", "400", "200")]
    [InlineData("a.b={\"x\":1,\"y\":[2,3]},\"p,q\", plain ", "{\"x\":1,\"y\":[2,3]}", "\"p,q\"", "plain")]
    [InlineData("data.source=/a=b/c,/d", "/a=b/c", "/d")]
    public void Commas_separate_values_except_within_brackets_and_quotation_marks(string assignment, params string[] values)
    {
        var swept = SweptSetting.Parse("--set", assignment);
        Assert.NotNull(swept);
        Assert.Equal(assignment[..assignment.IndexOf('=', StringComparison.Ordinal)], swept.Path);
        Assert.Equal(values, swept.Values);
    }

    [Theory]
    [InlineData("a.b=1,2,c.d=3", "a.b=1|2", "c.d=3")]
    [InlineData("a.b=[1,2],[3], c.d.e=x , y", "a.b=[1,2]|[3]", "c.d.e=x|y")]
    [InlineData("data.source=/x=1,/y.z=2,a.b=1", "data.source=/x=1|/y.z=2", "a.b=1")]
    [InlineData("data.source=p,\"q.r=s\",t", "data.source=p|\"q.r=s\"|t")]
    public void What_looks_like_a_path_after_a_comma_begins_the_next_setting_of_a_grid(string grid, params string[] settings) =>
        Assert.Equal(
            settings, SweptSetting.ParseSeveral("--grid", grid).Select(swept => $"{swept.Path}={string.Join('|', swept.Values)}"));

    [Fact]
    public void Other_assignments_keep_their_values_and_their_order()
    {
        var swept = SweptSettings.Read(["model.network.hidden=[9,8]", "objective.klWeight=1,2", "training.epochs=3"], [], null);
        Assert.Equal(["model.network.hidden=[9,8]", "objective.klWeight=2", "training.epochs=3"], swept.AssignmentsWith(["2"]));
    }

    [Theory]
    [InlineData("No setting to sweep over")]
    [InlineData("No setting to sweep over", "training.epochs=1", "model.network.hidden=[400,200]")]
    [InlineData("over one setting", "training.epochs=1,2", "training.seed=1,2")]
    [InlineData("in brackets", "model.network.hidden=400,200", "training.seed=1,2")]
    [InlineData("an empty value", "training.epochs=1,,2")]
    [InlineData("an empty value", "training.epochs=1,")]
    public void Anything_but_one_setting_with_several_values_is_rejected(string part, params string[] assignments) => Assert.Contains(
        part, Assert.Throws<SettingsException>(() => SweptSettings.Read(assignments, [], null)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_grid_has_every_combination_with_the_last_setting_changing_first()
    {
        var configured = new List<string>();
        var plan = SweptSettings.Read(["training.epochs=3"], ["objective.klWeight=1,2,model.latentSize=4,5", "training.seed=7,8"], null)
            .ToPlan(Configure(configured));

        Assert.Equal(["objective.klWeight", "model.latentSize", "training.seed"], plan.Settings);
        string[] combinations = ["1, 4, 7", "1, 4, 8", "1, 5, 7", "1, 5, 8", "2, 4, 7", "2, 4, 8", "2, 5, 7", "2, 5, 8"];
        Assert.Equal(combinations, plan.Runs.Select(run => run.Label));
        Assert.Equal("training.epochs=3 objective.klWeight=1 model.latentSize=4 training.seed=8", configured[1]);
        Assert.Equal("klWeight-1_latentSize-4_seed-8", plan.Runs[1].Name);
    }

    [Fact]
    public void Draws_are_in_their_ranges_different_the_same_in_every_process_and_continued_by_a_larger_number()
    {
        string[] grid = ["training.learningRate=log:1e-4..1e-2", "model.latentSize=2..5,20", "training.averaging=.25..0.5"];
        var draws = Draw(grid, 40);

        Assert.Equal(40, draws.Distinct().Count());
        foreach (var values in draws.Select(draw => draw.Split(", ")))
        {
            Assert.InRange(double.Parse(values[0], CultureInfo.InvariantCulture), 1e-4, 1e-2);
            Assert.Contains(values[1], (string[])["2", "3", "4", "5", "20"]);
            Assert.InRange(double.Parse(values[2], CultureInfo.InvariantCulture), 0.25, 0.5);
        }

        // Half of the draws of a logarithmic range are below its geometric mean, 1e-3; of a uniform one, a tenth would be.
        Assert.InRange(draws.Count(draw => double.Parse(draw.Split(", ")[0], CultureInfo.InvariantCulture) < 1e-3), 12, 28);
        // Entries are drawn first: the range and the value 20 are as frequent.
        Assert.InRange(draws.Count(draw => draw.Contains(", 20, ", StringComparison.Ordinal)), 12, 28);
        // The SHA-256 of "0/training.learningRate/0/value" and so on, computed by another program: all builds draw the same.
        Assert.Equal(FirstDraw, draws[0]);
        Assert.Equal(draws.Take(10), Draw(grid, 10));
        Assert.NotEqual(draws[0], Draw(grid, 1, seed: 1)[0]);
    }

    [Theory]
    [InlineData("1..3", 0.0, "1")]
    [InlineData("1..3", 0.34, "2")]
    [InlineData("1..3", 0.999, "3")]
    [InlineData("-1..1.0", 0.25, "-0.5")]
    [InlineData("0.1..0.3", 0.123456789, "0.1247")]
    [InlineData("log:1..1e4", 0.25, "10")]
    [InlineData("log:1..8", 0.999, "8")]
    [InlineData("0.12345678..0.2", 0.0, "0.1235")]
    [InlineData("0.12344444..0.2", 0.0, "0.12344444")]
    public void A_fraction_of_a_range_is_a_value_of_four_digits_within_it(string range, double fraction, string value) =>
        Assert.Equal(value, ValueRange.TryParse(range)!.At(fraction));

    [Theory]
    [InlineData("../data")]
    [InlineData("1...x")]
    [InlineData("linear:0:1:5")]
    public void What_only_looks_similar_to_a_range_is_a_value(string value) => Assert.Null(ValueRange.TryParse(value));

    [Theory]
    [InlineData("--random draws from", "", "training.seed=1,2", 3)]
    [InlineData("is a range", "training.learningRate=1e-4..1e-2,training.seed=1,2", "", 0)]
    [InlineData("smaller number first", "training.learningRate=1..0.1", "", 3)]
    [InlineData("numbers above 0", "training.learningRate=log:0..0.1", "", 3)]
    [InlineData("has one value", "training.seed=1,2,training.epochs=3", "", 0)]
    [InlineData("training.seed twice", "training.seed=1,2,training.seed=3,4", "", 0)]
    [InlineData("several values beside --grid", "training.seed=1,2", "training.epochs=1,2", 0)]
    [InlineData("an empty value", "training.seed=1,,2", "", 0)]
    [InlineData("cannot be read", "1,2", "", 0)]
    [InlineData("4 different runs", "training.seed=1..2,model.latentSize=3,4", "", 5)]
    public void A_grid_that_is_not_clear_is_rejected(string part, string grid, string set, int draws)
    {
        var exception = Assert.Throws<SettingsException>(() => SweptSettings
            .Read(set == "" ? [] : [set], grid == "" ? [] : [grid], draws == 0 ? null : draws).ToPlan(Configure([])));
        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_names_are_portable_and_unique()
    {
        string[] values = ["[2,3]", "2-3", "/data/a b", "linear:0:1:5", "x", "X", new string('9', 200)];
        var seed = 0ul;
        var plan = SweepPlan.Create(
            ["model.network.hidden"],
            values.Select(value => new[] { value }),
            _ => new RunConfiguration { Model = new ModelOptions(), Training = new TrainerOptions { Seed = seed++ } });
        Assert.Equal(
            ["hidden-2-3", "hidden-2-3_2", "hidden-data-a-b", "hidden-linear-0-1-5", "hidden-x", "hidden-X_2"],
            plan.Runs.SkipLast(1).Select(run => run.Name));
        Assert.All(plan.Runs, run => Assert.Matches("^[A-Za-z0-9._-]{1,80}$", run.Name));
    }

    [Fact]
    public void Equivalent_values_are_rejected()
    {
        var exception = Assert.Throws<SettingsException>(() => SweepPlan.Create(
            ["training.epochs"], [["1"], ["1.0"]], _ => new RunConfiguration { Model = new ModelOptions() }));
        Assert.Contains("1 and 1.0 of training.epochs result in the same run", exception.Message, StringComparison.Ordinal);
    }

    private const string FirstDraw = "0.0009733, 2, 0.3189";

    private static IReadOnlyList<string> Draw(string[] grid, int count, ulong seed = 0) =>
        [.. SweptSettings.Read([], grid, count).ToPlan(Configure([], seed)).Runs.Select(run => run.Label)];

    // Each call is another configuration, so that no two combinations are the same run.
    private static Func<IReadOnlyList<string>, RunConfiguration> Configure(List<string> configured, ulong seed = 0) => assignments =>
    {
        configured.Add(string.Join(' ', assignments));
        return new RunConfiguration
        {
            Model = new ModelOptions { LatentSize = configured.Count },
            Training = new TrainerOptions { Seed = seed },
        };
    };
}
