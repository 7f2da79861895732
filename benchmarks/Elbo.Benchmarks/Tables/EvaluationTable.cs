using System.Diagnostics;

namespace Elbo.Benchmarks;

/// <summary>Evaluation of a whole split, compared with the matrix products of the forward pass.</summary>
internal static class EvaluationTable
{
    private const int BatchSize = 1_000;

    public static void Measure(Bench bench)
    {
        var repeats = bench.Repeats(9);
        var report = new Report(bench, "evaluation", "Evaluation of a split", repeats);
        var test = Bench.First(bench.MnistData.Test, bench.Size(10_000));
        report.Text($"The terms of the bound of {test.Count} images, one sample of z each; the products at batch {BatchSize}.");

        var rows = new List<IReadOnlyList<string>>();
        var lists = new List<(string Name, ProductBound Products)>();
        TrainingModel[] models =
            [TrainingModel.Perceptron(BatchSize, 1), TrainingModel.Conditional("mean", 1) with { BatchSize = BatchSize }];
        foreach (var model in models)
        {
            var name = model.Name.Split(", batch")[0];
            using var module = model.Create(test.Shape);
            var data = module.Reader(test, Binarization.None, 0, RandomPurpose.EvaluationBinarization);
            var products = ProductBound.Choose(model.Products(test.Shape.Size, backward: false), bench.IsQuick);
            lists.Add((name, products));
            var batches = test.Count / BatchSize;
            var measured = Interleaved.Measure(
                [
                    new("Elbo", () => Evaluate(module, data)),
                    new("forward products alone (the bound)", () => products.Slice(batches) * batches),
                ],
                repeats);
            foreach (var measurement in measured)
                report.Rounds(name, measurement, "ms");
            rows.Add(
            [
                name, measured[0].Spread.ToString("0.0"), $"{test.Count / measured[0].Spread.Median * 1000:0}",
                measured[1].Spread.ToString("0.0"), measured[0].SpeedRelativeTo(measured[1]).ToString("0.000"),
            ]);
        }

        report.Table(["model", "ms per split", "images per second", "products alone, ms", "share of the bound"], rows);
        foreach (var (name, products) in lists)
        {
            report.Text($"## {name}: products");
            products.List(report);
            products.Dispose();
        }

        report.Save();
    }

    private static double Evaluate(LatentVariableModel model, BatchReader data)
    {
        var started = Stopwatch.GetTimestamp();
        _ = SplitEvaluation.Evaluate(model, data, samples: 1, seed: 0);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
