using Microsoft.ML;
using Microsoft.ML.Data;

namespace Extending.Pipelines;

/// <summary>Four readings of which two follow from the others.</summary>
internal sealed class Reading
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];

    public int Number { get; set; }

    public static Reading[] Normal(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            var (a, b) = (Normal(random), Normal(random));
            return new Reading { Number = number, Features = [20 + a, 100 * b, 20 + a + b, 5 * (a - b) + 0.1f * Normal(random)] };
        })];
    }

    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}

/// <summary>What a pipeline says about one of them.</summary>
internal sealed class ScoredReading
{
    public float[] Code { get; set; } = [];

    public float NegativeElbo { get; set; }

    public bool IsAnomaly { get; set; }

    public static ScoredReading[] Of(MLContext context, IDataView data) =>
        [.. context.Data.CreateEnumerable<ScoredReading>(data, reuseRowObject: false)];
}
