using System.Text.Json;
using System.Text.Json.Nodes;

namespace Elbo.Results;

/// <summary>What a row came to with one seed: docs/results/ROW-SEED.json.</summary>
internal sealed record ResultRecord
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    /// <summary>The two commands, with RUN for the folder of the run.</summary>
    public required string Train { get; init; }

    public required string Evaluate { get; init; }

    public required int Seed { get; init; }

    public required int Epochs { get; init; }

    public required int BestEpoch { get; init; }

    /// <summary>Minutes that the epochs took by the clock, pauses between resumptions left out.</summary>
    public required double TrainingMinutes { get; init; }

    public required int Threads { get; init; }

    public required string Processor { get; init; }

    /// <summary>How often the test split has been read, by the training's last line and by <c>evaluate</c>.</summary>
    public required int TestReads { get; init; }

    /// <summary>All that <c>elbo evaluate --json</c> printed.</summary>
    public required JsonObject Figures { get; init; }

    /// <summary>A figure, or null where this evaluation has none.</summary>
    public double? Figure(string key) => Figures[key]?.GetValue<double>();

    public static ResultRecord? Read(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<ResultRecord>(File.ReadAllText(path), Options) : null;

    public void Write(string path) => WholeFile.Write(path, JsonSerializer.Serialize(this, Options) + "\n");
}
