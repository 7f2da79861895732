namespace Elbo.Benchmarks;

/// <summary>Training with the importance-weighted bound, beside what stands for PyTorch 2 and the matrix products alone.</summary>
internal static class ImportanceWeightedTable
{
    private const string Relative = "0.00";

    public static void Measure(Bench bench)
    {
        var repeats = bench.Repeats(9);
        var report = new Report(bench, "iwae", "Training with the importance-weighted bound", repeats);
        report.Text(
            "Milliseconds per training step with k samples of z per image (`elbo train vae --objective iwae --samples 50 --latent 50 "
            + "--hidden 200,200 --activation tanh`). The contenders are interleaved; ratios are computed within each round.");
        var rows = new List<IReadOnlyList<string>>();
        var lists = new List<(string Name, ProductBound Products)>();
        foreach (var (batchSize, steps) in new[] { (20, 30), (100, 8) })
        {
            var model = TrainingModel.ImportanceWeighted(batchSize, samples: 50, Math.Max(2, bench.Size(steps)));
            var data = bench.Train(model.Examples);
            using var mode = FloatingPointMode.FlushDenormals();
            using var elbo = new ElboTraining(model, data);
            using var plain = PlainSide.Start(bench, model, hasSettings: true);
            var products = ProductBound.Choose(model.Products(data.Shape.Size, backward: true), bench.IsQuick);
            lists.Add((model.Name, products));
            var measured = Interleaved.Measure(
                [
                    new("Elbo", elbo.Slice),
                    new("autograd and fused Adam", () => plain.Slice(PlainSide.Steps, model.Steps)),
                    new("matrix products alone (the bound)", () => products.Slice(model.Steps)),
                ],
                repeats);
            foreach (var measurement in measured)
                report.Rounds(model.Name, measurement, "ms per step");
            var own = measured[0];
            rows.Add(
            [
                model.Name, .. measured.Select(each => each.Spread.ToString(Relative)), own.SpeedRelativeTo(measured[2]).ToString("0.000"),
                own.SpeedRelativeTo(measured[1]).ToString(Relative),
            ]);
        }

        report.Table(
            [
                "model", "Elbo, ms per step", "autograd and fused Adam", "products alone", "share of the bound",
                "speed relative to autograd and fused Adam",
            ],
            rows);
        foreach (var (name, products) in lists)
        {
            report.Text($"## {name}: products");
            products.List(report);
            products.Dispose();
        }

        report.Save();
    }
}
