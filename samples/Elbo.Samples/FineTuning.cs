namespace Samples;

/// <summary>A model of one machine, trained on with the few rows that there are of another.</summary>
internal static class FineTuning
{
    public static (double Before, double After) Execute(string folder, int rows = 4000, int epochs = 20)
    {
        var (first, second) = (Sensors.Read(rows, seed: 1), Sensors.Read(rows / 8, seed: 2, machine: 1));
        var test = Sensors.Read(500, seed: 3, machine: 1);

        // begin
        using (var model = Vae.Create(first, o => o with { LatentSize = 4, Network = new() { Hidden = [64] } }))
            new Trainer(model, new() { Epochs = epochs, Directory = Path.Combine(folder, "first") }).Fit(first);

        using var run = Run.Load(Path.Combine(folder, "first"));
        using var tuned = run.FineTune(second, new() { Epochs = epochs, BatchSize = 32, Directory = Path.Combine(folder, "second") });
        var before = run.Model.Score(test).Average(score => score.NegativeElbo!.Value);
        var after = tuned.Model.Score(test).Average(score => score.NegativeElbo!.Value);
        // end

        Console.WriteLine($"-ELBO of the second machine: {before:0.0} nats before, {after:0.0} after");
        return (before, after);
    }
}
