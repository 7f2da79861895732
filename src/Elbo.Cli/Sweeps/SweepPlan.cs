using System.Text;
using System.Text.Json;

namespace Elbo.Cli;

/// <summary>The runs of a sweep: one for each value of its setting, in the order in which the values were given.</summary>
/// <param name="Setting">The setting that differs between them, as config.json names it.</param>
/// <param name="Runs">The runs.</param>
internal sealed record SweepPlan(string Setting, IReadOnlyList<SweepPlan.PlannedRun> Runs)
{
    private const int LongestName = 80;

    /// <param name="Value">The value as it was written.</param>
    /// <param name="Name">The name of the run's folder within that of the sweep.</param>
    /// <param name="Configuration">Every setting.</param>
    internal sealed record PlannedRun(string Value, string Name, RunConfiguration Configuration);

    /// <summary>Plans a run for each value.</summary>
    /// <param name="swept">The setting and its values.</param>
    /// <param name="configure">The configuration with one of the values.</param>
    /// <exception cref="ConfigurationException">A value does not fit its setting, or two values make the same run.</exception>
    public static SweepPlan Create(SweptSetting swept, Func<string, RunConfiguration> configure)
    {
        var runs = new List<PlannedRun>();
        var earlier = new Dictionary<string, string>();
        foreach (var value in swept.Values)
        {
            var configuration = configure(value);
            var written = JsonSerializer.Serialize(configuration, Json.Options);
            if (!earlier.TryAdd(written, value))
            {
                throw new ConfigurationException(
                    $"The values {earlier[written]} and {value} of {swept.Path} make the same run: give each value once, and no other "
                    + "option for the same setting after it.");
            }

            runs.Add(new PlannedRun(value, NameOf(swept.Path, value, runs), configuration));
        }

        return new SweepPlan(swept.Path, runs);
    }

    // What is no letter, digit, point or minus becomes a minus, so that the name is one on every system; names may then coincide.
    private static string NameOf(string path, string value, List<PlannedRun> earlier)
    {
        var name = new StringBuilder(path[(path.LastIndexOf('.') + 1)..]);
        name.Append('-');
        foreach (var symbol in value.Trim('[', ']', '"', '/'))
            name.Append(char.IsAsciiLetterOrDigit(symbol) || symbol == '.' ? symbol : '-');
        var plain = name.ToString()[..Math.Min(name.Length, LongestName)].TrimEnd('.');
        return Enumerable.Range(1, int.MaxValue - 1)
            .Select(number => number == 1 ? plain : $"{plain}_{number}")
            .First(candidate => !earlier.Exists(run => string.Equals(run.Name, candidate, StringComparison.OrdinalIgnoreCase)));
    }
}
