using System.Text;

namespace Elbo.Cli;

/// <summary>The runs of a sweep: one per value of the setting, in the order given.</summary>
/// <param name="Setting">The path in config.json of the setting that differs between the runs.</param>
/// <param name="Runs">The runs.</param>
internal sealed record SweepPlan(string Setting, IReadOnlyList<SweepPlan.PlannedRun> Runs)
{
    private const int MaxNameLength = 80;

    /// <param name="Value">The value as given on the command line.</param>
    /// <param name="Name">The name of the run's folder in the sweep's folder.</param>
    /// <param name="Configuration">The complete configuration.</param>
    internal sealed record PlannedRun(string Value, string Name, RunConfiguration Configuration);

    /// <summary>Creates the plan with one run per value.</summary>
    /// <param name="swept">The setting and its values.</param>
    /// <param name="configure">Returns the configuration for a value.</param>
    /// <exception cref="SettingsException">A value is invalid for the setting, or two values result in the same run.</exception>
    public static SweepPlan Create(SweptSetting swept, Func<string, RunConfiguration> configure)
    {
        var runs = new List<PlannedRun>();
        var earlier = new Dictionary<RunConfiguration, string>();
        foreach (var value in swept.Values)
        {
            var configuration = configure(value);
            if (!earlier.TryAdd(configuration, value))
            {
                throw new SettingsException(
                    $"The values {earlier[configuration]} and {value} of {swept.Path} result in the same run: give each value once, and no "
                    + "later option for the same setting.");
            }

            runs.Add(new PlannedRun(value, NameOf(swept.Path, value, runs), configuration));
        }

        return new SweepPlan(swept.Path, runs);
    }

    // Characters other than letters, digits and dots become hyphens, so that the name is valid on every system; duplicates get a number.
    private static string NameOf(string path, string value, List<PlannedRun> earlier)
    {
        var name = new StringBuilder(path[(path.LastIndexOf('.') + 1)..]);
        name.Append('-');
        foreach (var symbol in value.Trim('[', ']', '"', '/'))
            name.Append(char.IsAsciiLetterOrDigit(symbol) || symbol == '.' ? symbol : '-');
        var plain = name.ToString()[..Math.Min(name.Length, MaxNameLength)].TrimEnd('.');
        return Enumerable.Range(1, int.MaxValue - 1)
            .Select(number => number == 1 ? plain : $"{plain}_{number}")
            .First(candidate => !earlier.Exists(run => string.Equals(run.Name, candidate, StringComparison.OrdinalIgnoreCase)));
    }
}
