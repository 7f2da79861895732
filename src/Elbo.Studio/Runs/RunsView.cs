namespace Elbo.Studio;

/// <summary>The selected runs in displayable form.</summary>
/// <param name="Runs">The readable runs, in the order of their selection.</param>
/// <param name="Zoom">The epochs that are shown, within those that the runs have; null for all.</param>
/// <param name="RequestedZoom">The epochs that were asked for.</param>
/// <param name="LastEpoch">The last epoch of any of the runs.</param>
/// <param name="Charts">The informative curves.</param>
/// <param name="KlMaps">The KL of each latent dimension, of the first runs that have one.</param>
/// <param name="SampleEpochs">The epochs for which any of the runs has samples.</param>
/// <param name="RequestedEpoch">The requested epoch; null for the last.</param>
/// <param name="Epoch">The nearest epoch with samples; 0 if there are no samples.</param>
/// <param name="Samples">The samples of each of the first runs at its own nearest epoch.</param>
/// <param name="Differences">The settings in which the runs differ; for a single run all settings.</param>
internal sealed record RunsView(
    IReadOnlyList<RunEntry> Runs,
    (int From, int To)? Zoom,
    (int From, int To)? RequestedZoom,
    int LastEpoch,
    IReadOnlyList<RunChart> Charts,
    IReadOnlyList<KlMap> KlMaps,
    IReadOnlyList<int> SampleEpochs,
    int? RequestedEpoch,
    int Epoch,
    IReadOnlyList<RunSample> Samples,
    IReadOnlyList<SettingRow> Differences)
{
    /// <summary>The most runs whose pictures are shown; curves are shown of all.</summary>
    public const int MaxPictured = 12;

    public static RunsView Of(IReadOnlyList<RunEntry> runs, int? epoch, (int From, int To)? zoom = null)
    {
        IReadOnlyList<RunOverview> overviews = [.. runs.Select(run => run.Overview!)];
        var last = RunCurveData.LastEpoch(overviews);
        var shown = Within(zoom, last);
        return new RunsView(
            runs,
            shown,
            zoom,
            last,
            [.. Enum.GetValues<RunTerm>()
                .Where(term => RunCurveData.IsInformative(overviews, term))
                .Select(term => RunChart.Of(overviews, term, shown))
                .Where(chart => chart.Series.Count > 0)],
            [.. overviews.Index().Select(run => KlMap.Of(run.Index, run.Item, shown)).OfType<KlMap>().Take(MaxPictured)],
            [.. runs.Take(MaxPictured).SelectMany(RunSamples.Epochs).Distinct().Order()],
            null,
            0,
            [],
            SettingRow.Of(overviews)).At(epoch);
    }

    /// <summary>A copy with the samples of another epoch; the charts are unchanged.</summary>
    public RunsView At(int? epoch)
    {
        var shown = Nearest(SampleEpochs, epoch);
        return this with
        {
            RequestedEpoch = epoch,
            Epoch = shown,
            Samples = [.. Runs.Take(MaxPictured).Select(run => RunSample.Of(run, shown))],
        };
    }

    /// <summary>Whether a standard error of the -ELBO of any of the runs was recorded.</summary>
    public bool HasErrors => Charts.SelectMany(chart => chart.Series).Any(series => series.Points.Any(point => point.Error is not null));

    /// <summary>Whether the run is a single one of a preset whose defaults are known.</summary>
    public bool HasDefaults => Differences.Any(row => row.Default is not null);

    /// <summary>The settings in which runs differ; of a single run those that its preset does not have, or all.</summary>
    public IReadOnlyList<SettingRow> SettingsToShow(bool all) =>
        all || !HasDefaults ? Differences : [.. Differences.Where(row => row.Default is not null)];

    /// <summary>The nearest of some epochs to one, or the last of them; 0 for none.</summary>
    public static int Nearest(IReadOnlyList<int> epochs, int? epoch) =>
        epochs.Count == 0 ? 0 : epochs.MinBy(each => Math.Abs((long)each - (epoch ?? int.MaxValue)));

    private static (int From, int To)? Within((int From, int To)? zoom, int last)
    {
        if (zoom is not { } range || range.From >= last)
            return null;
        var shown = (range.From, To: Math.Min(range.To, last));
        return shown == (0, last) || shown.From >= shown.To ? null : shown;
    }
}

/// <summary>The samples of a run at its own nearest epoch.</summary>
/// <param name="Epoch">That epoch; 0 where the run has no samples.</param>
/// <param name="DataUrl">The image, or null.</param>
internal sealed record RunSample(int Epoch, string? DataUrl)
{
    public static RunSample Of(RunEntry run, int epoch)
    {
        var own = epoch == 0 ? 0 : RunsView.Nearest(RunSamples.Epochs(run), epoch);
        return own == 0 ? new RunSample(0, null) : new RunSample(own, RunSamples.DataUrl(run, own));
    }
}

/// <summary>A setting and its value in each run.</summary>
/// <param name="Name">Its path in config.json.</param>
/// <param name="Values">Its values.</param>
/// <param name="Default">Its value by the preset of a single run, where another is given; else null.</param>
internal sealed record SettingRow(string Name, IReadOnlyList<string> Values, string? Default = null)
{
    /// <summary>The settings in which the runs differ; for a single run all settings.</summary>
    public static IReadOnlyList<SettingRow> Of(IReadOnlyList<RunOverview> runs)
    {
        var settings = runs.Select(run => run.Settings()).ToList();
        var defaults = runs.Count == 1 ? DefaultsOf(runs[0]) : null;
        return
        [
            .. settings.SelectMany(each => each.Keys).Distinct()
                .Select(name => new SettingRow(
                    name, [.. settings.Select(each => each.GetValueOrDefault(name, "-"))], defaults?.GetValueOrDefault(name, "-")))
                .Select(row => row.Default == row.Values[0] ? row with { Default = null } : row)
                .Where(row => runs.Count == 1 || row.Values.Distinct().Count() > 1),
        ];
    }

    /// <summary>The settings of the preset that a run started from; null where that is not known here.</summary>
    private static IReadOnlyDictionary<string, string>? DefaultsOf(RunOverview run)
    {
        if (run.Configuration.Preset is not { } name || !Presets.Names.Contains(name))
            return null;
        var preset = Presets.Find(name);
        var defaults = new RunConfiguration
        {
            Preset = preset.Name,
            Model = preset.Model,
            Objective = preset.Objective,
            // The command line and the library begin differently.
            Training = new() { FlushDenormals = run.Configuration.Training.FlushDenormals },
        };
        return (run with { Listing = new RunListing(defaults, []) }).Settings();
    }
}
