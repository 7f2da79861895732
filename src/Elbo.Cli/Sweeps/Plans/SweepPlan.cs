using System.Text;

namespace Elbo.Cli;

/// <summary>The runs of a sweep: one per combination of values of the settings, in order.</summary>
/// <param name="Settings">The paths in config.json of the settings that differ between the runs.</param>
/// <param name="Runs">The runs.</param>
internal sealed record SweepPlan(IReadOnlyList<string> Settings, IReadOnlyList<SweepPlan.PlannedRun> Runs)
{
    /// <summary>The most runs of a sweep: each is checked before the first one is trained.</summary>
    public const int MaxRuns = 10_000;

    private const int MaxNameLength = 80;

    /// <param name="Values">The values as given on the command line, in the order of the settings.</param>
    /// <param name="Name">The name of the run's folder in the sweep's folder.</param>
    /// <param name="Configuration">The complete configuration.</param>
    internal sealed record PlannedRun(IReadOnlyList<string> Values, string Name, RunConfiguration Configuration)
    {
        /// <summary>The values in one text, for pictures.</summary>
        public string Label => string.Join(", ", Values);
    }

    /// <summary>The settings in one phrase.</summary>
    public string Phrase => Settings.Count == 1 ? Settings[0] : $"{string.Join(", ", Settings.SkipLast(1))} and {Settings[^1]}";

    /// <summary>Creates the plan with one run per combination.</summary>
    /// <param name="settings">The paths of the settings.</param>
    /// <param name="combinations">The values of each run, in the order of the settings.</param>
    /// <param name="configure">Returns the configuration for the values of a run.</param>
    /// <exception cref="SettingsException">
    /// A value is invalid for its setting, two combinations result in the same run, or there are too many.
    /// </exception>
    public static SweepPlan Create(
        IReadOnlyList<string> settings,
        IEnumerable<IReadOnlyList<string>> combinations,
        Func<IReadOnlyList<string>, RunConfiguration> configure)
    {
        var runs = new List<PlannedRun>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var earlier = new Dictionary<RunConfiguration, string>();
        foreach (var values in combinations)
        {
            if (runs.Count == MaxRuns)
                throw new SettingsException($"The sweep has more than {MaxRuns} runs: give fewer values, or draw some with --random N.");
            var run = new PlannedRun(values, NameOf(settings, values, names), configure(values));
            if (!earlier.TryAdd(run.Configuration, run.Label))
            {
                throw new SettingsException(
                    $"The values {earlier[run.Configuration]} and {run.Label} of {string.Join(", ", settings)} result in the same run: "
                    + $"give each {(settings.Count == 1 ? "value" : "combination")} once, and no later option for the same setting.");
            }

            runs.Add(run);
        }

        return new SweepPlan(settings, runs);
    }

    /// <summary>The settings of a run with their values, as in <c>objective.klWeight=0.5 training.seed=1</c>.</summary>
    public string Describe(PlannedRun run) => string.Join(' ', Settings.Zip(run.Values, (setting, value) => $"{setting}={value}"));

    // Characters other than letters, digits and dots become hyphens, so that the name is valid on every system; duplicates get a number.
    private static string NameOf(IReadOnlyList<string> settings, IReadOnlyList<string> values, HashSet<string> taken)
    {
        var name = new StringBuilder();
        foreach (var (path, value) in settings.Zip(values))
        {
            name.Append(name.Length == 0 ? "" : "_").Append(path[(path.LastIndexOf('.') + 1)..]).Append('-');
            foreach (var symbol in value.Trim('[', ']', '"', '/'))
                name.Append(char.IsAsciiLetterOrDigit(symbol) || symbol == '.' ? symbol : '-');
        }

        var plain = name.ToString()[..Math.Min(name.Length, MaxNameLength)].TrimEnd('.');
        return Enumerable.Range(1, int.MaxValue - 1)
            .Select(number => number == 1 ? plain : $"{plain}_{number}")
            .First(taken.Add);
    }
}
