using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>The state of a run and how it was made: the content of run.json.</summary>
public sealed record RunRecord
{
    /// <summary>The schema of the file.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>How the run stands.</summary>
    [JsonConverter(typeof(KebabCaseEnumConverter<RunState>))]
    public required RunState State { get; init; }

    /// <summary>Where it was trained.</summary>
    public required MachineDescription Machine { get; init; }

    /// <summary>The seed of the training.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The data it was trained on.</summary>
    public required DatasetRecord Dataset { get; init; }

    /// <summary>The SHA-256 of the checkpoint that the training started from; null for random initial weights.</summary>
    [JsonPropertyName("firstWeightsSha256")]
    public string? InitialWeightsSha256 { get; init; }

    /// <summary>How gradients were computed: "fused" (hand-written) or "autograd"; null in runs of earlier versions.</summary>
    public string? GradientPath { get; init; }

    /// <summary>The command line that started it; empty where a program did.</summary>
    public IReadOnlyList<string> CommandLine { get; init; } = [];

    /// <summary>The plug-ins that were loaded; absent for none. They are never loaded because a record names them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PluginFile>? Plugins { get; init; }

    /// <summary>The process that trains or trained it last.</summary>
    public int? ProcessId { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was resumed.</summary>
    public IReadOnlyList<DateTimeOffset> ResumedAt { get; init; } = [];

    /// <summary>When it ended; null while it is trained.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>
    /// The loss of some training examples at the initial weights, in nats per example: what the loss at the end is compared with; absent in
    /// runs of earlier versions.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? InitialLoss { get; init; }

    /// <summary>What went wrong without ending the training, such as a page that could not be drawn; absent for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>How often the test split was read, at the end of the training and by later commands.</summary>
    public int TestReads { get; init; }

    /// <summary>The epoch of the best weights, or 0 before the end of the training.</summary>
    public int BestEpoch { get; init; }

    /// <summary>The error of a failed run.</summary>
    public string? Failure { get; init; }

    /// <summary>The SHA-256 of metrics.csv at the end of the training; absent while it is trained and in earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MetricsSha256 { get; init; }

    /// <summary>Rejects what no training records, before anything is computed or shown from it.</summary>
    /// <exception cref="InputException">A number is out of range, or a hash is none.</exception>
    internal void Validate(string source)
    {
        string?[] hashes = [Dataset.TrainSha256, Dataset.TestSha256, InitialWeightsSha256, MetricsSha256];
        if (hashes.Any(hash => hash is not null && !IsSha256(hash)))
            throw new InputException($"{source} is damaged: a SHA-256 in it is not 64 hexadecimal digits.");
        // The serializer checks what may be null, except within lists.
        IEnumerable<object?>?[] lists =
            [CommandLine, Plugins, Warnings, Dataset.Columns, Dataset.LabelNames, Machine.EnvironmentVariables];
        if (lists.Any(list => list?.Contains(null) == true))
            throw new InputException($"{source} is damaged: a list in it holds null.");
        if (TestReads < 0 || BestEpoch < 0 || ProcessId is < 1)
            throw new InputException($"{source} is damaged: a number of epochs, of reads or of a process is negative.");
    }

    internal static bool IsSha256(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(RunRecord), PrintMembers);
}
