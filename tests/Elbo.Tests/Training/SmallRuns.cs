namespace Elbo.Tests;

/// <summary>Trainings of a second: blobs at a place that depends on the label, a small conditional model.</summary>
internal static class SmallRuns
{
    public const int StepsPerEpoch = 9;
    public const int CheckpointEvery = 4;
    private const int Side = 6;
    private const int BatchSize = 16;

    public static Dataset Data { get; } = new("blobs", Blobs(160, 1), Blobs(50, 2));

    public static LatentVariableModel Model(ulong seed = 0) => Cvae.Create(
        Data.Shape, Condition.Label(3), o => o with { LatentSize = 3, Network = new() { Hidden = [12] } }, seed);

    // 160 examples less 20 for validation make 9 steps, the last of them a partial batch.
    public static TrainerOptions Options(string? folder) => new()
    {
        Epochs = 2,
        BatchSize = BatchSize,
        Validation = 20,
        Directory = folder,
    };

    private static ImageDataset Blobs(int count, int seed)
    {
        var random = new Random(seed);
        var pixels = new byte[count * Side * Side];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = i % 3;
            var (row, column) = (1 + labels[i] + random.NextDouble(), 1 + 3 * random.NextDouble());
            for (var p = 0; p < Side * Side; p++)
            {
                var distance = Math.Pow(p / Side - row, 2) + Math.Pow(p % Side - column, 2);
                pixels[i * Side * Side + p] = (byte)(255 * Math.Exp(-distance));
            }
        }

        return new ImageDataset(new ImageShape(1, Side, Side), pixels, labels);
    }
}
