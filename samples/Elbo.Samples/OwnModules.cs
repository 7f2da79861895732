using static TorchSharp.torch.nn;

namespace Samples;

/// <summary>Encoder and decoder of your own, from TorchSharp's modules: batch normalisation and dropout.</summary>
internal static class OwnModules
{
    public static (double Before, double After) Execute(string folder, int rows = 4000, int epochs = 20)
    {
        var (train, test) = (Sensors.Read(rows, seed: 1), Sensors.Read(500, seed: 2));

        // begin
        LatentVariableModel Create() => Vae.Create(
            train,
            o => o with { LatentSize = 4 },
            modules: new(
                Sequential(Linear(12, 64), BatchNorm1d(64), SiLU(), Dropout(0.1), Linear(64, 2 * 4)),
                Sequential(Linear(4, 64), BatchNorm1d(64), SiLU(), Linear(64, 12))));

        using var model = Create();
        var before = model.Score(test).Average(score => score.NegativeElbo!.Value);
        new Trainer(model, new() { Epochs = epochs, Directory = folder }).Fit(train);

        using var again = Create();                 // only you can build your modules, so a run of them is loaded into a model
        using var run = Run.Load(folder, again);
        var after = run.Model.Score(test).Average(score => score.NegativeElbo!.Value);
        // end

        Console.WriteLine($"-ELBO of the test rows: {before:0.0} nats before, {after:0.0} after");
        return (before, after);
    }
}
