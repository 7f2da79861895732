using System.Text.Json.Serialization;

namespace Elbo.Cli;

/// <summary>The settings and values of a sweep, stored in sweep.json, which also identifies the folder of a sweep.</summary>
internal sealed record SweepRecord
{
    /// <summary>The schema of a sweep over one setting.</summary>
    public const int SchemaOfOne = 1;

    /// <summary>The schema of a sweep over several settings.</summary>
    public const int SchemaOfSeveral = 2;

    public int Schema { get; init; } = SchemaOfOne;

    /// <summary>The path in config.json of the one setting that differs between the runs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Setting { get; init; }

    /// <summary>The values of the one setting in order, each with the folder of its run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SweptValue>? Values { get; init; }

    /// <summary>The paths of several settings.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Settings { get; init; }

    /// <summary>The runs of several settings in order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SweptValues>? Runs { get; init; }

    /// <summary>The settings in one text, by which sweeps are told apart.</summary>
    [JsonIgnore]
    public string Phrase => Setting ?? string.Join(", ", Settings ?? []);

    /// <summary>The names of the runs' folders.</summary>
    [JsonIgnore]
    public IEnumerable<string> RunNames => Values?.Select(value => value.Run) ?? Runs?.Select(run => run.Run) ?? [];

    public static SweepRecord Of(SweepPlan plan) => plan.Settings.Count == 1
        ? new()
        {
            Setting = plan.Settings[0],
            Values = [.. plan.Runs.Select(run => new SweptValue(run.Values[0], run.Name))],
        }
        : new()
        {
            Schema = SchemaOfSeveral,
            Settings = plan.Settings,
            Runs = [.. plan.Runs.Select(run => new SweptValues(run.Values, run.Name))],
        };
}

/// <summary>A value and the folder of its run in the sweep's folder.</summary>
internal sealed record SweptValue(string Value, string Run);

/// <summary>The values of several settings, in their order, and the folder of their run in the sweep's folder.</summary>
internal sealed record SweptValues(IReadOnlyList<string> Values, string Run);
