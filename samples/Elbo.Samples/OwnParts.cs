namespace Samples;

/// <summary>A likelihood and a prior of your own, registered, and then options like any other.</summary>
internal static class OwnParts
{
    public static (double Before, double After) Execute(string folder, int rows = 4000, int epochs = 20)
    {
        var (train, test) = (Sensors.Read(rows, seed: 1), Sensors.Read(500, seed: 2));

        // begin
        Likelihoods.Register("logistic", context => new LogisticLikelihood(context.Sigma ?? 0.2));
        Priors.Register("scaled", context => new ScaledPrior(context.Options.LatentSize));

        using var model = Vae.Create(train, o => o with { LatentSize = 4, Likelihood = "logistic", Sigma = 0.1, Prior = "scaled" });
        var before = model.Score(test).Average(score => score.NegativeElbo!.Value);
        new Trainer(model, new() { Epochs = epochs, Directory = folder }).Fit(train);

        using var run = Run.Load(folder);           // config.json names both parts, and a program that registered them finds them
        var after = run.Model.Score(test).Average(score => score.NegativeElbo!.Value);
        // end

        Console.WriteLine($"-ELBO of the test rows: {before:0.0} nats before, {after:0.0} after");
        return (before, after);
    }
}
