using System.Text.Json;
using System.Text.Json.Nodes;

namespace Elbo.Results;

/// <summary>The result of a row with one seed, stored in docs/results/ROW-SEED.json.</summary>
internal sealed record ResultRecord
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    /// <summary>The training command, with RUN in place of the folder of the run.</summary>
    public required string Train { get; init; }

    public required string Evaluate { get; init; }

    public required int Seed { get; init; }

    public required int Epochs { get; init; }

    public required int BestEpoch { get; init; }

    /// <summary>The wall-clock minutes of all epochs, without pauses between interruptions and resumptions.</summary>
    public required double TrainingMinutes { get; init; }

    public required int Threads { get; init; }

    public required string Processor { get; init; }

    /// <summary>The version of Elbo; null for 0.1.0.</summary>
    public string? Elbo { get; init; }

    /// <summary>The number of reads of the test split, by the final evaluation of the training and by <c>evaluate</c>.</summary>
    public required int TestReads { get; init; }

    /// <summary>The output of <c>elbo evaluate --json</c>.</summary>
    public required JsonObject Figures { get; init; }

    /// <summary>Returns a metric of the evaluation, or null if it is missing.</summary>
    public double? Metric(string key) => Figures[key]?.GetValue<double>();

    public static ResultRecord? Read(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<ResultRecord>(File.ReadAllText(path), Options) : null;

    public void Write(string path) => AtomicFile.Write(path, JsonSerializer.Serialize(this, Options) + "\n");
}
