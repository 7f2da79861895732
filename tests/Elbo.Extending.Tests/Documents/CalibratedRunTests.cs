namespace Extending;

/// <summary>The example of docs/anomalies.md.</summary>
public sealed class CalibratedRunTests
{
    [Fact]
    public void A_run_is_calibrated_and_finds_what_it_never_saw()
    {
        var place = Directory.CreateTempSubdirectory("elbo-anomalies-").FullName;
        var folder = Path.Combine(place, "run");
        using (var model = Vae.Create(new ImageShape(1, 4, 4), o => o with { LatentSize = 2, Network = new() { Hidden = [16] } }))
            new Trainer(model, new() { Epochs = 20, BatchSize = 20, Validation = 0, Directory = folder }).Fit(Bars(200, seed: 1, side: 0));
        var (normal, today) = (Bars(59, seed: 2, side: 0), Bars(20, seed: 3, side: 2));

        // begin
        using var run = Run.Load(folder);
        run.Directory.WriteCalibration(run.Calibrate(normal, falsePositiveRate: 0.05));
        var threshold = run.ReadThreshold()!;
        var suspects = run.Score(today).Index().Where(example => threshold.IsAnomaly(example.Item.ToAnomalyScore()));
        // end

        Assert.Equal(20, suspects.Count());
        Assert.Equal(2, run.Score(normal).Count(score => threshold.IsAnomaly(score.ToAnomalyScore())));
        Directory.Delete(place, recursive: true);
    }

    // One of two bright columns on a dark ground: those from a side on.
    private static ImageDataset Bars(int count, int seed, int side)
    {
        var random = new Random(seed);
        var pixels = new byte[count * 16];
        for (var i = 0; i < count; i++)
        {
            var bright = side + random.Next(2);
            for (var p = 0; p < 16; p++)
                pixels[(16 * i) + p] = (byte)((p % 4 == bright ? 200 : 0) + random.Next(40));
        }

        return new ImageDataset(new ImageShape(1, 4, 4), pixels);
    }
}
