namespace Elbo.Cli;

/// <summary>The setting and values of a sweep, stored in sweep.json, which also identifies the folder of a sweep.</summary>
internal sealed record SweepRecord
{
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The path in config.json of the setting that differs between the runs.</summary>
    public required string Setting { get; init; }

    /// <summary>The values in order, each with the folder of its run.</summary>
    public required IReadOnlyList<SweptValue> Values { get; init; }

    public static SweepRecord Of(SweepPlan plan) => new()
    {
        Setting = plan.Setting,
        Values = [.. plan.Runs.Select(run => new SweptValue(run.Value, run.Name))],
    };
}

/// <summary>A value and the folder of its run in the sweep's folder.</summary>
internal sealed record SweptValue(string Value, string Run);
