using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>The state of a run and how it was made: the content of run.json.</summary>
internal sealed record RunRecord
{
    public int Schema { get; init; } = 1;

    [JsonConverter(typeof(KebabCaseEnumConverter<RunState>))]
    public required RunState State { get; init; }

    public required MachineDescription Machine { get; init; }

    public required ulong Seed { get; init; }

    public required DatasetRecord Dataset { get; init; }

    /// <summary>The SHA-256 of the checkpoint that the training started from; null for random initial weights.</summary>
    [JsonPropertyName("firstWeightsSha256")]
    public string? InitialWeightsSha256 { get; init; }

    /// <summary>How gradients were computed: "fused" (hand-written) or "autograd"; null in runs of earlier versions.</summary>
    public string? GradientPath { get; init; }

    public IReadOnlyList<string> CommandLine { get; init; } = [];

    /// <summary>The plug-ins that were loaded; absent for none. They are never loaded because a record names them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PluginFile>? Plugins { get; init; }

    public int? ProcessId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public IReadOnlyList<DateTimeOffset> ResumedAt { get; init; } = [];

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How often the test split was read, at the end of the training and by later commands.</summary>
    public int TestReads { get; init; }

    public int BestEpoch { get; init; }

    /// <summary>The error of a failed run.</summary>
    public string? Failure { get; init; }
}

/// <summary>The dataset of a run: the hashes distinguish datasets with the same file names.</summary>
internal sealed record DatasetRecord(string Name, string TrainSha256, string? TestSha256);
