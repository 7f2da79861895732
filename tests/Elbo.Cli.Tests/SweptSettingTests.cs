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
        var swept = SweptSetting.Find([assignment]);
        Assert.Equal(assignment[..assignment.IndexOf('=', StringComparison.Ordinal)], swept.Path);
        Assert.Equal(values, swept.Values);
    }

    [Fact]
    public void Other_assignments_keep_their_values_and_their_order()
    {
        string[] assignments = ["model.network.hidden=[9,8]", "objective.klWeight=1,2", "training.epochs=3"];
        var swept = SweptSetting.Find(assignments);
        Assert.Equal(["model.network.hidden=[9,8]", "objective.klWeight=2", "training.epochs=3"], swept.With("2", assignments));
    }

    [Theory]
    [InlineData("No setting to sweep over")]
    [InlineData("No setting to sweep over", "training.epochs=1", "model.network.hidden=[400,200]")]
    [InlineData("over one setting", "training.epochs=1,2", "training.seed=1,2")]
    [InlineData("in brackets", "model.network.hidden=400,200", "training.seed=1,2")]
    [InlineData("an empty value", "training.epochs=1,,2")]
    [InlineData("an empty value", "training.epochs=1,")]
    public void Anything_but_one_setting_with_several_values_is_rejected(string part, params string[] assignments) => Assert.Contains(
        part, Assert.Throws<SettingsException>(() => SweptSetting.Find(assignments)).Message, StringComparison.Ordinal);

    [Fact]
    public void Folder_names_are_portable_and_unique()
    {
        string[] values = ["[2,3]", "2-3", "/data/a b", "linear:0:1:5", "x", "X", new string('9', 200)];
        var seed = 0ul;
        var plan = SweepPlan.Create(
            new SweptSetting("model.network.hidden", values),
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
            new SweptSetting("training.epochs", ["1", "1.0"]), _ => new RunConfiguration { Model = new ModelOptions() }));
        Assert.Contains("1 and 1.0 of training.epochs result in the same run", exception.Message, StringComparison.Ordinal);
    }
}
