namespace Elbo.Studio;

/// <summary>The chosen runs ready to be laid out.</summary>
/// <param name="Runs">The runs, each of which can be read, in the order in which they were chosen.</param>
/// <param name="Charts">The curves that say something.</param>
/// <param name="SampleEpochs">The epochs after which any of them has samples.</param>
/// <param name="Asked">The epoch that was asked for; null for the last.</param>
/// <param name="Epoch">The nearest to it that there is; 0 where there is none.</param>
/// <param name="Samples">The picture of each run after that epoch, or null.</param>
/// <param name="Differences">The settings in which they differ; of a single run all.</param>
internal sealed record RunsView(
    IReadOnlyList<RunEntry> Runs,
    IReadOnlyList<RunChart> Charts,
    IReadOnlyList<int> SampleEpochs,
    int? Asked,
    int Epoch,
    IReadOnlyList<string?> Samples,
    IReadOnlyList<SettingRow> Differences)
{
    public static RunsView Of(IReadOnlyList<RunEntry> runs, int? epoch)
    {
        IReadOnlyList<RunOverview> overviews = [.. runs.Select(run => run.Overview!)];
        return new RunsView(
            runs,
            [.. Enum.GetValues<RunTerm>().Where(term => RunCurveData.IsWorthShowing(overviews, term)).Select(term => RunChart.Of(overviews, term))
                .Where(chart => chart.Series.Count > 0)],
            [.. runs.SelectMany(RunSamples.Epochs).Distinct().Order()],
            null,
            0,
            [],
            SettingRow.Of(overviews)).At(epoch);
    }

    /// <summary>The same runs with the samples of another epoch: the charts stay.</summary>
    public RunsView At(int? epoch)
    {
        var shown = SampleEpochs.Count == 0 ? 0 : SampleEpochs.MinBy(each => Math.Abs((long)each - (epoch ?? int.MaxValue)));
        return this with
        {
            Asked = epoch,
            Epoch = shown,
            Samples = [.. Runs.Select(run => shown == 0 ? null : RunSamples.Picture(run, shown))],
        };
    }
}

/// <summary>The curves of one term.</summary>
/// <param name="Term">The term.</param>
/// <param name="Series">What is drawn.</param>
/// <param name="Changes">The runs and epochs at which a weight begins or ends to change.</param>
internal sealed record RunChart(RunTerm Term, IReadOnlyList<RunSeries> Series, IReadOnlyList<(int Run, int Epoch)> Changes)
{
    /// <summary>The inside of an SVG.</summary>
    public string Inside { get; } = RunChartPicture.Draw(Series, Changes);

    public static RunChart Of(IReadOnlyList<RunOverview> runs, RunTerm term) => new(
        term,
        RunCurveData.Of(runs, term),
        [.. runs.Index().SelectMany(run => RunCurveData.WeightChanges(run.Item).Select(epoch => (run.Index, epoch)))]);

    /// <summary>What the picture shows, in words: where each curve starts and ends, and where weights change.</summary>
    public string Describe(Strings strings, IReadOnlyList<RunEntry> runs) => strings[$"Runs.Term.{Term}"] + ": " + string.Join("; ",
    [
        .. Series.Select(each => strings[
            "Runs.Curve", runs[each.Run].Name, strings[$"Runs.Split.{each.Split}"], ChartFrame.Label(each.Points[0].Value), ChartFrame.Label(each.Points[^1].Value),
            each.Points[^1].Epoch]),
        .. Changes.GroupBy(change => change.Run, change => change.Epoch)
            .Select(changes => strings["Runs.Changes", runs[changes.Key].Name, string.Join(", ", changes)]),
    ]);
}

/// <summary>A setting and what each of the runs says of it.</summary>
internal sealed record SettingRow(string Name, IReadOnlyList<string> Values)
{
    /// <summary>The settings in which runs differ; of a single run all.</summary>
    public static IReadOnlyList<SettingRow> Of(IReadOnlyList<RunOverview> runs)
    {
        var settings = runs.Select(run => run.Settings()).ToList();
        return
        [
            .. settings.SelectMany(each => each.Keys).Distinct()
                .Select(name => new SettingRow(name, [.. settings.Select(each => each.GetValueOrDefault(name, "-"))]))
                .Where(row => runs.Count == 1 || row.Values.Distinct().Count() > 1),
        ];
    }
}
