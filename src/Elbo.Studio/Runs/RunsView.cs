namespace Elbo.Studio;

/// <summary>The selected runs in displayable form.</summary>
/// <param name="Runs">The readable runs, in the order of their selection.</param>
/// <param name="Charts">The informative curves.</param>
/// <param name="SampleEpochs">The epochs for which any of the runs has samples.</param>
/// <param name="RequestedEpoch">The requested epoch; null for the last.</param>
/// <param name="Epoch">The nearest epoch with samples; 0 if there are no samples.</param>
/// <param name="Samples">The samples of each run at that epoch as a data URL, or null.</param>
/// <param name="Differences">The settings in which the runs differ; for a single run all settings.</param>
internal sealed record RunsView(
    IReadOnlyList<RunEntry> Runs,
    IReadOnlyList<RunChart> Charts,
    IReadOnlyList<int> SampleEpochs,
    int? RequestedEpoch,
    int Epoch,
    IReadOnlyList<string?> Samples,
    IReadOnlyList<SettingRow> Differences)
{
    public static RunsView Of(IReadOnlyList<RunEntry> runs, int? epoch)
    {
        IReadOnlyList<RunOverview> overviews = [.. runs.Select(run => run.Overview!)];
        return new RunsView(
            runs,
            [.. Enum.GetValues<RunTerm>()
                .Where(term => RunCurveData.IsInformative(overviews, term))
                .Select(term => RunChart.Of(overviews, term))
                .Where(chart => chart.Series.Count > 0)],
            [.. runs.SelectMany(RunSamples.Epochs).Distinct().Order()],
            null,
            0,
            [],
            SettingRow.Of(overviews)).At(epoch);
    }

    /// <summary>A copy with the samples of another epoch; the charts are unchanged.</summary>
    public RunsView At(int? epoch)
    {
        var shown = SampleEpochs.Count == 0 ? 0 : SampleEpochs.MinBy(each => Math.Abs((long)each - (epoch ?? int.MaxValue)));
        return this with
        {
            RequestedEpoch = epoch,
            Epoch = shown,
            Samples = [.. Runs.Select(run => shown == 0 ? null : RunSamples.DataUrl(run, shown))],
        };
    }
}

/// <summary>The curves of one term.</summary>
/// <param name="Term">The term.</param>
/// <param name="Series">The curves.</param>
/// <param name="Changes">The runs and epochs at which a weight starts or stops changing.</param>
internal sealed record RunChart(RunTerm Term, IReadOnlyList<RunSeries> Series, IReadOnlyList<(int Run, int Epoch)> Changes)
{
    /// <summary>The chart as SVG content.</summary>
    public string Content { get; } = RunChartSvg.Draw(Series, Changes);

    public static RunChart Of(IReadOnlyList<RunOverview> runs, RunTerm term) => new(
        term,
        RunCurveData.Of(runs, term),
        [.. runs.Index().SelectMany(run => RunCurveData.WeightChanges(run.Item).Select(epoch => (run.Index, epoch)))]);

    /// <summary>A text alternative of the chart: the first and last value of each curve, and the epochs at which weights change.</summary>
    public string Describe(Strings strings, IReadOnlyList<RunEntry> runs) => strings[$"Runs.Term.{Term}"] + ": " + string.Join("; ",
    [
        .. Series.Select(each => strings[
            "Runs.Curve",
            runs[each.Run].Name,
            strings[$"Runs.Split.{each.Split}"],
            ChartFrame.Label(each.Points[0].Value),
            ChartFrame.Label(each.Points[^1].Value),
            each.Points[^1].Epoch]),
        .. Changes.GroupBy(change => change.Run, change => change.Epoch)
            .Select(changes => strings["Runs.Changes", runs[changes.Key].Name, string.Join(", ", changes)]),
    ]);
}

/// <summary>A setting and its value in each run.</summary>
internal sealed record SettingRow(string Name, IReadOnlyList<string> Values)
{
    /// <summary>The settings in which the runs differ; for a single run all settings.</summary>
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
