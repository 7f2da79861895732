namespace Elbo.Cli;

/// <summary>
/// What differs between the runs of a sweep, and how: the values of one setting, every combination of the values of several, or a number of
/// draws from them.
/// </summary>
internal sealed class SweptSettings
{
    private readonly IReadOnlyList<SweptSetting> _settings;
    private readonly IReadOnlyList<string> _assignments;
    private readonly int? _draws;

    private SweptSettings(IReadOnlyList<SweptSetting> settings, IReadOnlyList<string> assignments, int? draws) =>
        (_settings, _assignments, _draws) = (settings, assignments, draws);

    /// <summary>Reads the options of a sweep.</summary>
    /// <param name="set">The assignments of <c>--set</c>; without <c>--grid</c>, one of them has several values.</param>
    /// <param name="grid">The settings of <c>--grid</c> with their values.</param>
    /// <param name="draws">The number of draws of <c>--random</c>; null for every combination.</param>
    /// <exception cref="SettingsException">They name no setting to sweep over, or not clearly.</exception>
    public static SweptSettings Read(IReadOnlyList<string> set, IReadOnlyList<string> grid, int? draws)
    {
        var several = set.Where(assignment => SweptSetting.Parse("--set", assignment) is { Values.Count: > 1 }).ToList();
        if (grid.Count == 0)
        {
            return draws is null
                ? new([FindOne(several)], set, null)
                : throw new SettingsException(
                    "--random draws from the settings of --grid: add them, as in --grid training.learningRate=log:1e-4..1e-2.");
        }

        if (several.Count > 0)
        {
            throw new SettingsException(
                $"--set {several[0]} has several values beside --grid: move it to --grid, or write a list in brackets, as in --set "
                + "model.network.hidden=[400,200].");
        }

        var settings = grid.SelectMany(text => SweptSetting.ParseSeveral("--grid", text)).ToList();
        if (settings.GroupBy(setting => setting.Path).FirstOrDefault(group => group.Count() > 1) is { } repeated)
            throw new SettingsException($"--grid has the setting {repeated.Key} twice: give all of its values at once.");
        if (draws is null)
            RequireValues(settings);
        return new(settings, set, draws);
    }

    /// <summary>The plan with a run for each combination or draw.</summary>
    /// <param name="configure">Returns the configuration for assignments <c>path=value</c>.</param>
    /// <exception cref="SettingsException">
    /// A value is invalid for its setting, two of them result in the same run, or there are too many runs.
    /// </exception>
    public SweepPlan ToPlan(Func<IReadOnlyList<string>, RunConfiguration> configure)
    {
        var combinations = _draws is { } draws
            ? SweepDraws.Take(_settings, draws, configure(_assignments).Training.Seed)
            : Combinations();
        return SweepPlan.Create(
            [.. _settings.Select(setting => setting.Path)], combinations, values => configure(AssignmentsWith(values)));
    }

    /// <summary>The assignments with these values for the swept settings, which are where they were given, or last.</summary>
    internal IReadOnlyList<string> AssignmentsWith(IReadOnlyList<string> values)
    {
        var swept = _settings.Zip(values, (setting, value) => (setting.Path, Text: $"{setting.Path}={value}")).ToList();
        var given = _assignments.Select(assignment => SweptSetting.Parse("--set", assignment) is { Values.Count: > 1 } parsed
            ? swept.Find(setting => setting.Path == parsed.Path).Text
            : assignment).ToList();
        return [.. given, .. swept.Select(setting => setting.Text).Where(text => !given.Contains(text))];
    }

    private IEnumerable<IReadOnlyList<string>> Combinations() => _settings.Aggregate(
        (IEnumerable<IReadOnlyList<string>>)[[]],
        (sofar, setting) => sofar.SelectMany(before => setting.Values.Select(value => (IReadOnlyList<string>)[.. before, value])));

    private static SweptSetting FindOne(List<string> several) => several.Count switch
    {
        1 => SweptSetting.Parse("--set", several[0])!,
        0 => throw new SettingsException(
            "No setting to sweep over is given: give one setting several values, as in --set objective.klWeight=0.5,1,2."),
        _ => throw new SettingsException(
            $"A sweep with --set is over one setting, but --set {several[0]} and --set {several[1]} both have several values: write a list "
            + "in brackets, as in --set model.network.hidden=[400,200], or use --grid for every combination."),
    };

    private static void RequireValues(List<SweptSetting> settings)
    {
        if (settings.Find(setting => setting.Values.Count == 1 && ValueRange.TryParse(setting.Values[0]) is null) is { } single)
        {
            throw new SettingsException(
                $"--grid {single.Path}={single.Values[0]} has one value: give it several, or hold it fixed with --set.");
        }

        if (settings.SelectMany(setting => setting.Values).FirstOrDefault(value => ValueRange.TryParse(value) is not null) is { } range)
        {
            throw new SettingsException(
                $"{range} is a range, from which values are drawn: add --random N, or give the values themselves.");
        }
    }
}
