namespace Elbo.Benchmarks;

/// <summary>Training steps of Elbo, of what stands for PyTorch 2, of PyTorch, and the matrix products alone.</summary>
internal static class TrainingTable
{
    private const string Bound = "matrix products alone (the bound)";
    private const string Own = "Elbo";
    private const string StandIn = "autograd and fused Adam";
    private const string Relative = "0.00";

    // 2,000 steps at batch 128: by then Adam's means of the gradients of rarely lit pixels are denormal.
    private const int WarmExamples = 256_000;

    public static void Measure(Bench bench)
    {
        var repeats = bench.Repeats(9);
        var report = new Report(bench, "training", "Training", repeats);
        report.Text(
            "Milliseconds per training step, after 256,000 examples (2,000 steps at batch 128). The contenders are interleaved in slices "
            + "of a few dozen steps; ratios are computed within each round. No contender has a DataLoader.");
        var summary = new List<IReadOnlyList<string>>();
        foreach (var model in Models(bench))
            summary.Add(Measure(bench, report, model, repeats, hasSettings: true));
        report.Text("## All models, every contender with the process settings of the elbo command and denormals flushed");
        Summarize(report, summary);
        summary.Clear();
        var common = Common(bench);
        summary.Add(Measure(bench, report, common with { Name = $"{common.Name}, defaults" }, repeats, hasSettings: false));
        report.Text("## Defaults: Elbo as the elbo command runs it, the others as they come");
        Summarize(report, summary);
        summary.Clear();
        summary.Add(Measure(bench, report, common with { Name = $"{common.Name}, one thread", Threads = 1 }, repeats, hasSettings: true));
        using (new BusyProcesses(2))
        {
            var beside = common with { Name = $"{common.Name}, beside two busy processes" };
            summary.Add(Measure(bench, report, beside, repeats, hasSettings: true));
        }

        report.Text("## Fewer cores: one thread, and beside two processes that keep a core busy each; settings as in the first table");
        Summarize(report, summary);
        report.Save();
    }

    private static void Summarize(Report report, IReadOnlyList<IReadOnlyList<string>> rows) => report.Table(
        ["model", "Elbo, ms per step", "share of the bound", "speed relative to autograd and fused Adam", "... to the best PyTorch"], rows);

    private static TrainingModel Common(Bench bench) => TrainingModel.Perceptron(128, bench.Size(100));

    private static IReadOnlyList<TrainingModel> Models(Bench bench)
    {
        var (common, mean) = (Common(bench), TrainingModel.Conditional("mean", bench.Size(100)));
        var convolutional = TrainingModel.Convolutional(bench.Size(40));
        // One of each kind shows in a quick run that the contenders work.
        if (bench.IsQuick)
            return [common, mean, convolutional];
        return
        [
            TrainingModel.Perceptron(32, 150),
            common,
            TrainingModel.Perceptron(512, 40),
            TrainingModel.Perceptron(2048, 20),
            TrainingModel.Conditional("standard", 100),
            mean,
            TrainingModel.Conditional("mean-variance", 100),
            convolutional,
        ];
    }

    private static string[] Measure(Bench bench, Report report, TrainingModel model, int repeats, bool hasSettings)
    {
        report.Text($"## {model.Name}");
        using var threads = LibTorchThreads.Use(model.Threads);
        using var mode = FloatingPointMode.FlushDenormals();
        var data = bench.Train(model.Examples);
        using var elbo = new ElboTraining(model, data);
        using var plain = PlainSide.Start(bench, model, hasSettings);
        using var products = model.IsConvolutional
            ? null
            : ProductBound.Choose(model.Products(data.Shape.Size, backward: true), bench.IsQuick);
        using var python = bench.Python is null ? null : Start(bench, bench.Python, model, hasSettings);
        var warm = bench.Size(WarmExamples / model.BatchSize);
        elbo.Warm(warm);
        plain.Slice(PlainSide.Steps, warm);
        foreach (var variant in python?.Variants ?? [])
            python!.Slice(variant, warm);
        List<Contender> contenders =
        [
            new(Own, elbo.Slice),
            new(StandIn, () => plain.Slice(PlainSide.Steps, model.Steps)),
            .. python?.Variants.Select(variant => new Contender($"PyTorch {variant}", () => python.Slice(variant, model.Steps))) ?? [],
        ];
        if (products is not null)
            contenders.Insert(0, new(Bound, () => products.Slice(model.Steps)));

        var measured = Interleaved.Measure(contenders, repeats);
        foreach (var measurement in measured)
            report.Rounds(model.Name, measurement, "ms per step");
        return Write(report, model, measured, products, python);
    }

    private static string[] Write(
        Report report, TrainingModel model, IReadOnlyList<Measurement> measured, ProductBound? products, SideProcess? python)
    {
        Measurement? Named(string name) => measured.FirstOrDefault(measurement => measurement.Name == name);
        var (own, bound) = (Named(Own)!, Named(Bound));
        var best = measured.Where(measurement => measurement.Name.StartsWith("PyTorch", StringComparison.Ordinal))
            .MinBy(measurement => measurement.Spread.Median);
        report.Table(
            ["contender", "ms per step", "share of the bound", "Elbo's speed relative to it"],
            measured.Select(each => (string[])
            [
                each.Name, each.Spread.ToString("0.000"), Share(bound, each), own.SpeedRelativeTo(each).ToString(Relative),
            ]));
        report.Text(python?.Description ?? "PyTorch: not installed.");
        if (products is null)
            report.Text("No bound: libtorch chooses the algorithm of a convolution, so the list of products is unknown.");
        else
            products.List(report);
        return
        [
            model.Name, own.Spread.ToString("0.000"), Share(bound, own),
            own.SpeedRelativeTo(Named(StandIn)!).ToString(Relative),
            best is null ? "not installed" : $"{own.SpeedRelativeTo(best).ToString(Relative)} ({best.Name})",
        ];
    }

    // The share of the bound is the speed of a contender relative to the products alone: 1 if it is as fast.
    private static string Share(Measurement? bound, Measurement other) =>
        bound is null ? "no bound" : other.SpeedRelativeTo(bound).ToString("0.000");

    private static SideProcess Start(Bench bench, Python python, TrainingModel model, bool flushes) => SideProcess.Start(python.Script(
        "pytorch_training.py",
        "--data", bench.MnistFolder,
        "--network", model.IsConvolutional ? "conv" : "mlp",
        "--hidden", string.Join(',', model.Hidden),
        "--latent", $"{model.Latent}",
        "--labels", $"{model.Labels}",
        "--prior", model.Prior,
        "--batch-size", $"{model.BatchSize}",
        "--steps", $"{model.Steps}",
        "--threads", $"{model.Threads}",
        "--flush-denormals", flushes ? "1" : "0"));
}
