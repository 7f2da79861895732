namespace Samples;

/// <summary>Finds faulty rows in a table of 12 sensors with 12 units, and says which sensor it is.</summary>
internal static class SensorTable
{
    public static (double Auc, string Suspect) Execute(int rows = 4000, int epochs = 20)
    {
        var train = Sensors.Read(rows, seed: 1);
        var test = Sensors.Read(600, faulty: 100, seed: 2);

        // begin
        using var model = Vae.Create(train, o => o with { LatentSize = 4, Network = new() { Hidden = [64] } });
        new Trainer(model, new() { Epochs = epochs, BatchSize = 32, LearningRate = 3e-3 }).Fit(train);
        double[] scores = [.. model.Score(test).Select(score => score.NegativeElbo!.Value)];

        var strangest = scores.Index().MaxBy(score => score.Item).Index;
        var (read, expected) = (test.ToValues(strangest)[0].ToArray(), model.Reconstruct(test.Subset([strangest]))[0].ToArray());
        var deviations = model.Standardization!.Deviation;
        var suspect = Enumerable.Range(0, 12).MaxBy(sensor => Math.Abs(read[sensor] - expected[sensor]) / deviations[sensor]);
        // end

        var faulty = scores[^100..];
        var auc = faulty.Average(high => scores[..^100].Average(low => high > low ? 1 : high < low ? 0 : 0.5));
        Console.WriteLine(
            $"AUC {auc:0.000}; row {strangest}: {test.ValueNames![suspect]} reads {read[suspect]:0.0} instead of {expected[suspect]:0.0}");
        return (auc, test.ValueNames[suspect]);
    }
}
