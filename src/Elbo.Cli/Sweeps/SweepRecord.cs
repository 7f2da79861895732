namespace Elbo.Cli;

/// <summary>What a folder is a sweep over: sweep.json, which also tells a sweep's folder from any other.</summary>
internal sealed record SweepRecord
{
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The setting that differs between the runs, as config.json names it.</summary>
    public required string Setting { get; init; }

    /// <summary>The values, in their order, and the folder of each.</summary>
    public required IReadOnlyList<SweptValue> Values { get; init; }

    public static SweepRecord Of(SweepPlan plan) => new()
    {
        Setting = plan.Setting,
        Values = [.. plan.Runs.Select(run => new SweptValue(run.Value, run.Name))],
    };
}

/// <summary>A value and the folder of its run within that of the sweep.</summary>
internal sealed record SweptValue(string Value, string Run);
