using System.Text.Json;
using System.Text.Json.Nodes;

namespace Elbo.Results;

/// <summary>The result of a row of anomalies, stored in docs/results/ROW.json.</summary>
internal sealed record AnomalyRecord
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    /// <summary>The commands, with RUN and DATA in place of the folders.</summary>
    public required IReadOnlyList<string> Commands { get; init; }

    public required int BestEpoch { get; init; }

    public required double TrainingMinutes { get; init; }

    public required string Processor { get; init; }

    public required string Elbo { get; init; }

    /// <summary>The outputs of <c>elbo score --json</c>, one for each false-positive rate.</summary>
    public required IReadOnlyList<JsonObject> Scores { get; init; }

    public static AnomalyRecord? Read(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<AnomalyRecord>(File.ReadAllText(path), Options) : null;

    public void Write(string path) => AtomicFile.Write(path, JsonSerializer.Serialize(this, Options) + "\n");
}
