namespace Elbo.Studio.Tests;

public sealed class RunListTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly RunFolders _folders = new();

    public RunListTests()
    {
        Add("run-10", epochs: 5, hour: 1, preset: "cvae", data: "fashion-mnist");
        Add("run-9", epochs: 2, hour: 2, preset: "vae", data: "mnist");
        Add("other", epochs: 0, hour: 3, preset: "beta-vae", data: "mnist");
    }

    public void Dispose() => _folders.Dispose();

    [Theory]
    [InlineData(nameof(RunColumn.Begun), true, "other run-9 run-10")]
    [InlineData(nameof(RunColumn.Begun), false, "run-10 run-9 other")]
    [InlineData(nameof(RunColumn.Run), false, "other run-9 run-10")]
    [InlineData(nameof(RunColumn.Epoch), true, "run-10 run-9 other")]
    [InlineData(nameof(RunColumn.NegativeElbo), false, "run-9 run-10 other")]
    [InlineData(nameof(RunColumn.NegativeElbo), true, "run-10 run-9 other")]
    [InlineData(nameof(RunColumn.Model), false, "other run-10 run-9")]
    [InlineData(nameof(RunColumn.Data), false, "run-10 other run-9")]
    public void The_list_is_sorted_by_each_column_and_runs_without_a_value_are_last(string column, bool isDescending, string expected) =>
        Assert.Equal(expected, Names(new RunsState([], null) { Sort = Enum.Parse<RunColumn>(column), IsDescending = isDescending }));

    [Theory]
    [InlineData("run", "run-9 run-10")]
    [InlineData("MNIST", "other run-9 run-10")]
    [InlineData("fashion", "run-10")]
    [InlineData("run vae", "run-9 run-10")]
    [InlineData("mnist beta", "other")]
    [InlineData("finished 9", "run-9")]
    [InlineData("running", "")]
    public void A_run_that_has_all_words_of_the_filter_is_listed(string filter, string expected) =>
        Assert.Equal(expected, Names(new RunsState([], null) { Filter = filter }));

    [Fact]
    public void The_state_is_filtered_in_the_language_of_the_page() => Assert.Equal(
        3, RunList.Of(_folders.Catalogue().Runs(), new RunsState([], null) { Filter = "已完成" }, Strings.For("zh")).Count);

    private string Names(RunsState state) =>
        string.Join(' ', RunList.Of(_folders.Catalogue().Runs(), state, Strings.For("en")).Select(run => run.Name));

    private void Add(string name, int epochs, int hour, string preset, string data) => _folders.Add(
        name,
        epochs,
        record => record with { StartedAt = Start.AddHours(hour), Dataset = record.Dataset with { Name = data } },
        settings => settings with { Preset = preset });
}
