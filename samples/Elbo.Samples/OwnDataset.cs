namespace Samples;

/// <summary>Finds a glitch in a long signal: its examples are overlapping windows that are never copied out of it.</summary>
internal static class OwnDataset
{
    public static (int Found, int Planted) Execute(int length = 20_000, int epochs = 20)
    {
        var noise = new Random(1);
        float[] signal =
            [.. Enumerable.Range(0, length).Select(t => (float)(Math.Sin(0.3 * t) + Math.Sin(0.05 * t) + 0.1 * noise.NextDouble()))];
        var planted = length * 4 / 5;
        signal[planted] += 3;

        // begin
        var (train, test) = (new SlidingWindows(signal.AsMemory(0, length / 2)), new SlidingWindows(signal.AsMemory(length / 2)));
        using var model = Vae.Create(train, o => o with { LatentSize = 4, Network = new() { Hidden = [64] } });
        new Trainer(model, new() { Epochs = epochs, BatchSize = 32, LearningRate = 3e-3 }).Fit(train);
        var strangest = model.Score(test).Index().MaxBy(score => score.Item.NegativeElbo).Index;
        // end

        Console.WriteLine($"the strangest window begins at {length / 2 + strangest}; the glitch is at {planted}");
        return (length / 2 + strangest, planted);
    }
}
