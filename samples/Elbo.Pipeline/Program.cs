using Microsoft.ML;
using Microsoft.ML.Data;

// The first time it trains a pipeline and saves it; then it only loads what is there.
var context = new MLContext();
if (!File.Exists("pump.zip"))
{
    var rows = context.Data.LoadFromEnumerable(Enumerable.Range(0, 2000).Select(Reading.Normal));
    // begin
    var pipeline = context.Transforms.Elbo(new()
    {
        FalsePositiveRate = 0.01,
        Model = model => model with { LatentSize = 2, Network = new() { Hidden = [64] } },
        Training = new() { BatchSize = 32, LearningRate = 1e-2, Seed = 1 },
    });
    var trained = pipeline.Append(context.Transforms.NormalizeMinMax("Position", "Code")).Fit(rows);
    context.Model.Save(trained, rows.Schema, "pump.zip");
    // end
}

// begin
var loaded = context.Model.Load("pump.zip", out _);
using var engine = context.Model.CreatePredictionEngine<Reading, Verdict>(loaded);
var (good, bad) = (engine.Predict(Reading.Normal(7)), engine.Predict(new() { Features = [20, 3, 140] }));
// end
Console.WriteLine($"{good.NegativeElbo:R} nats: {good.IsAnomaly}; {bad.NegativeElbo:R} nats: {bad.IsAnomaly}");

/// <summary>Temperature, pressure and power of a pump: the power follows from the others.</summary>
internal sealed class Reading
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];

    public static Reading Normal(int i) => new() { Features = [20 + i % 17, 3 + i % 5, 70 + 2 * (i % 17) + 10 * (i % 5) + i % 3] };
}

internal sealed record Verdict(float NegativeElbo, bool IsAnomaly) { public Verdict() : this(0, false) { } }
