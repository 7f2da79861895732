using Elbo;

// Rows that are as they should be, and rows to judge: two CSV files with the same columns (dotnet run -- normal.csv new.csv), or made up.
var (normal, judged) = args is [var first, var second]
    ? (RowDataset.FromCsv(first), RowDataset.FromCsv(second))
    : (Readings(2000, faults: 0, seed: 1), Readings(200, faults: 5, seed: 2));

// Values are standardised for the model and come back in their units.
using var model = Vae.Create(normal, o => o with { LatentSize = 2, Network = new() { Hidden = [32] } });
new Trainer(model, new() { BatchSize = 32, LearningRate = 3e-3 }).Fit(normal);

// -ELBO, in nats: the higher, the less a row is like those that the model was trained on.
double[] scores = [.. model.Score(judged).Select(score => score.NegativeElbo!.Value)];
var deviations = model.Standardization!.Deviation;
foreach (var (row, score) in scores.Index().OrderByDescending(row => row.Item).Take(5))
{
    var (read, expected) = (judged.ToValues(row)[0].ToArray(), model.Reconstruct(judged.Subset([row]))[0].ToArray());
    var column = Enumerable.Range(0, read.Length).MaxBy(value => Math.Abs(read[value] - expected[value]) / deviations[value]);
    var name = judged.ValueNames?[column] ?? $"column {column}";
    Console.WriteLine($"row {row}: {score:0.0} nats, {name} is {read[column]:0.0}, expected {expected[column]:0.0}");
}

// Temperature and pressure follow the load; in a faulty row the pressure does not. The faulty rows are the last.
static RowDataset Readings(int count, int faults, int seed)
{
    var random = new Random(seed);
    return RowDataset.FromRows(
        [.. Enumerable.Range(0, count).Select(row =>
        {
            var load = random.NextDouble();
            var seen = row < count - faults ? load : (load + 0.5) % 1;
            return new[] { 100 * load, 20 + (60 * load) + random.NextDouble(), 1 + (4 * seen) + (0.1 * random.NextDouble()) };
        })],
        names: ["load", "temperature", "pressure"]);
}
