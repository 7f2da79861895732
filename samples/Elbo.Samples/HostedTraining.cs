namespace Samples;

/// <summary>A training inside an application: a progress bar, a button that stops it, and later the rest of it.</summary>
internal static class HostedTraining
{
    public static async Task<(TrainingResult Stopped, TrainingResult Resumed)> ExecuteAsync(string folder, int rows = 4000, int epochs = 20)
    {
        var train = Sensors.Read(rows, seed: 1);

        // begin
        using var stop = new CancellationTokenSource();
        using var model = Vae.Create(train, o => o with { LatentSize = 4, Network = new() { Hidden = [64] } });
        var training = new Trainer(model, new() { Epochs = epochs, Directory = folder }).FitAsync(train, new Bar(), stop.Token);
        await foreach (var epoch in training)
        {
            if (epoch.Epoch == epochs / 2)
                await stop.CancelAsync();           // what a button would do
        }

        var stopped = await training;               // a training that was stopped is no error
        using var run = Run.Load(folder);
        var resumed = run.Resume(train, progress: new Bar());
        // end

        Console.WriteLine($"\n{stopped.State} after {stopped.Epochs.Count} epochs, then {resumed.State}");
        return (stopped, resumed);
    }

    // begin bar
    private sealed class Bar : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress now) => Console.Error.Write(
            $"\r[{new string('#', (int)(40 * now.Fraction)),-40}] {now.Fraction,4:0%}, {now.Remaining?.TotalSeconds:0} s left ");
    }
    // end
}
