using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>A threshold for anomalies with the scores that it is for: the content of calibration.json in a run.</summary>
public sealed record CalibrationRecord
{
    private const int LatestSchema = 1;

    /// <summary>The schema of the file.</summary>
    public int Schema { get; init; } = LatestSchema;

    /// <summary>The threshold.</summary>
    public required AnomalyThreshold Threshold { get; init; }

    /// <summary>What an example's score is: "negativeElbo", or "reconstruction" for a model without a KL term; in nats.</summary>
    public required string Score { get; init; }

    /// <summary>The draws of z over which a score is averaged.</summary>
    public required int Samples { get; init; }

    /// <summary>The seed of the draws; each example has its own, by its index in the data.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Whether grey pixels become zeros and ones before an example is scored.</summary>
    public required Binarization Binarize { get; init; }

    /// <summary>What the examples of the calibration are, in words; absent where that was not said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Data { get; init; }

    /// <summary>The SHA-256 of the examples of the calibration (<see cref="ExampleSet.Sha256"/>).</summary>
    public required string DataSha256 { get; init; }

    /// <summary>The SHA-256 of the file with the weights that scored them.</summary>
    public required string WeightsSha256 { get; init; }

    /// <summary>Rejects what no calibration records.</summary>
    /// <exception cref="InputException">A value is not possible, or the file is of a later version.</exception>
    internal void Validate(string source)
    {
        if (Schema > LatestSchema)
        {
            throw new InputException(
                $"{source} was written by a later version of Elbo (schema {Schema}): use that version, or calibrate again.");
        }

        if (Schema < 1 || Samples < 1 || !Threshold.IsValid || !RunRecord.IsSha256(DataSha256) || !RunRecord.IsSha256(WeightsSha256))
            throw new InputException($"{source} is damaged: a number or a SHA-256 in it is not possible. Calibrate the run again.");
    }

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(CalibrationRecord), PrintMembers);
}
