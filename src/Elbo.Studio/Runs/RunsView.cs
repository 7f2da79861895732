namespace Elbo.Studio;

/// <summary>The chosen runs ready to be laid out.</summary>
internal sealed record RunsView(
    IReadOnlyList<RunEntry> Runs,
    IReadOnlyList<RunChart> Charts,
    IReadOnlyList<int> SampleEpochs,
    int Epoch,
    IReadOnlyList<string?> Samples,
    IReadOnlyList<SettingRow> Differences)
{
    public static RunsView Of(IReadOnlyList<RunEntry> chosen, int? epoch)
    {
        IReadOnlyList<RunEntry> runs = [.. chosen.Where(run => run.Overview is not null)];
        IReadOnlyList<RunOverview> overviews = [.. runs.Select(run => run.Overview!)];
        IReadOnlyList<(int, int)> changes = [.. overviews.Index().SelectMany(run => RunCurveData.WeightChanges(run.Item).Select(change => (run.Index, change)))];
        int[] epochs = [.. runs.SelectMany(RunSamples.Epochs).Distinct().Order()];
        var shown = epochs.Length == 0 ? 0 : epochs.MinBy(each => Math.Abs(each - (epoch ?? int.MaxValue)));
        return new RunsView(
            runs,
            [.. Enum.GetValues<RunTerm>().Select(term => (Term: term, Series: RunCurveData.Of(overviews, term))).Where(chart => chart.Series.Count > 0 && IsWorthShowing(chart.Term, chart.Series))
                .Select(chart => new RunChart(chart.Term, RunChartPicture.Draw(chart.Series, changes)))],
            epochs,
            shown,
            [.. runs.Select(run => shown == 0 ? null : RunSamples.Picture(run, shown))],
            SettingRow.Of(overviews));
    }

    // A weight that stays is in the settings.
    private static bool IsWorthShowing(RunTerm term, IReadOnlyList<RunSeries> series) =>
        term is not (RunTerm.KlWeight or RunTerm.LearningRate) || series.SelectMany(each => each.Points).Select(point => point.Value).Distinct().Count() > 1;
}

/// <summary>The curves of one term, as the inside of an SVG.</summary>
internal sealed record RunChart(RunTerm Term, string Inside);

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
