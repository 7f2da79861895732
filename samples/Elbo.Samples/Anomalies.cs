namespace Samples;

/// <summary>Finds damaged rings, having seen intact ones only: what a model did not learn costs it more nats.</summary>
internal static class Anomalies
{
    public static double Execute(int seed = 0, int pictures = 2000)
    {
        var train = Rings.Draw(pictures, 0, 0, seed);
        var test = Rings.Draw(500, gaps: 50, notches: 50, seed + 1_000_000);

        // begin
        using var model = Vae.Create(train, seed: (ulong)seed);
        new Trainer(model, new() { Seed = (ulong)seed }).Fit(train);
        double[] scores = [.. model.Score(test).Select(score => score.NegativeElbo!.Value)];
        // end

        // The area under the ROC curve: the share of pairs of a damaged and an intact ring in which the damaged one scores higher.
        var damaged = scores.Where((_, ring) => test.Labels.Span[ring] > 0);
        var intact = scores.Where((_, ring) => test.Labels.Span[ring] == 0);
        var auc = RocArea.Of(intact, damaged).Value;
        Console.WriteLine($"seed {seed}, {model.Options.Likelihood}: AUC {auc:0.000}");
        return auc;
    }
}
