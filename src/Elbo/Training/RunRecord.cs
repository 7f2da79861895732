using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>How a run stands and under which circumstances it was made: run.json.</summary>
internal sealed record RunRecord
{
    public int Schema { get; init; } = 1;

    [JsonConverter(typeof(KebabCaseEnumConverter<RunState>))]
    public required RunState State { get; init; }

    public required MachineDescription Machine { get; init; }

    public required ulong Seed { get; init; }

    public required DatasetRecord Dataset { get; init; }

    /// <summary>The SHA-256 of the checkpoint whose weights the training began with; null where they were drawn anew.</summary>
    [JsonPropertyName("firstWeightsSha256")]
    public string? InitialWeightsSha256 { get; init; }

    /// <summary>How gradients were computed: "fused" where they are written out, or "autograd"; null in runs of earlier versions.</summary>
    public string? GradientPath { get; init; }

    public IReadOnlyList<string> CommandLine { get; init; } = [];

    public int? ProcessId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public IReadOnlyList<DateTimeOffset> ResumedAt { get; init; } = [];

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How often the test split was read: by the last line of a training, and by every command that took it afterwards.</summary>
    public int TestReads { get; init; }

    public int BestEpoch { get; init; }

    /// <summary>Why a failed run failed.</summary>
    public string? Failure { get; init; }
}

/// <summary>What a run was trained on: hashes tell datasets apart that share their file names.</summary>
internal sealed record DatasetRecord(string Name, string TrainSha256, string? TestSha256);
