namespace Elbo.Studio;

/// <summary>The curves of one term.</summary>
/// <param name="Term">The term.</param>
/// <param name="Series">The curves.</param>
/// <param name="Changes">The runs and epochs at which a weight starts or stops changing.</param>
/// <param name="Zoom">The epochs that are shown; null for all.</param>
internal sealed record RunChart(
    RunTerm Term, IReadOnlyList<RunSeries> Series, IReadOnlyList<(int Run, int Epoch)> Changes, (int From, int To)? Zoom)
{
    /// <summary>The axes.</summary>
    public ChartFrame Frame { get; } = ChartFrame.Around(Series, Zoom);

    /// <summary>The chart as SVG content.</summary>
    public string Content => field ??= RunChartSvg.Draw(Frame, Series, Changes);

    public static RunChart Of(IReadOnlyList<RunOverview> runs, RunTerm term, (int From, int To)? zoom = null) => new(
        term,
        RunCurveData.Of(runs, term, zoom),
        [.. runs.Index().SelectMany(run => RunCurveData.WeightChanges(run.Item).Select(epoch => (run.Index, epoch)))],
        zoom);

    /// <summary>A text alternative of the chart: the first and last value of each curve, and the epochs at which weights change.</summary>
    public string Describe(Strings strings, IReadOnlyList<RunEntry> runs) => strings[$"Runs.Term.{Term}"] + ": " + string.Join("; ",
    [
        .. Series.Select(each => strings[
            "Runs.Curve",
            runs[each.Run].Name,
            strings[$"Runs.Split.{each.Split}"],
            ChartFrame.Label(each.Points[0].Value),
            ChartFrame.Label(each.Points[^1].Value) + ErrorSuffix(each.Points[^1].Error),
            each.Points[^1].Epoch]),
        .. Changes.GroupBy(change => change.Run, change => change.Epoch)
            .Select(changes => strings["Runs.Changes", runs[changes.Key].Name, string.Join(", ", changes)]),
    ]);

    /// <summary>What the browser shows at an epoch (chart.js).</summary>
    public string Data(Strings strings, IReadOnlyList<RunEntry> runs) => ChartData.Write(Frame, strings, Series.Select(each => (
        $"{runs[each.Run].Name}, {strings[$"Runs.Split.{each.Split}"]}", RunStyle.Color(each.Run), each.Points)));

    private static string ErrorSuffix(double? error) => error is { } known ? $" ± {ChartFrame.Label(known)}" : "";
}
