using TorchSharp;

namespace Elbo.Benchmarks;

/// <summary>The scaling of the time per example with each problem size: a curve and a fitted power law.</summary>
internal static class GrowthTable
{
    private const int BatchSize = 128;

    public static void Measure(Bench bench)
    {
        var repeats = bench.Repeats(5);
        var report = new Report(bench, "growth", "Scaling", repeats);
        report.Text(
            "Time per training example of the 784-400-20 VAE at batch 128, with one size varied at a time. The exponent is that of a power "
            + "law fitted by least squares to the logarithms of the medians: 0 means constant, 1 means proportional.");
        var steps = bench.Size(50);
        var baseline = TrainingModel.Perceptron(BatchSize, steps);
        Curve("width of the hidden layer", [100, 200, 400, 800, 1600], width => baseline with { Hidden = [width] });
        Curve("latent dimensions", [2, 5, 10, 20, 50, 100, 200], size => baseline with { Latent = size });
        Curve(
            "batch size", [16, 32, 64, 128, 256, 512, 1024, 2048],
            size => baseline with { BatchSize = size, Steps = Math.Max(2, steps * BatchSize / size) });
        Curve(
            "training examples", bench.IsQuick ? [1_000, 2_000, 4_000] : [2_000, 5_000, 10_000, 20_000, 40_000, 60_000],
            count => baseline with { Steps = count / BatchSize });
        Curve("threads", [.. Enumerable.Range(1, Environment.ProcessorCount)], _ => baseline, torch.set_num_threads);
        torch.set_num_threads(Environment.ProcessorCount);
        report.Save();

        void Curve(string name, int[] sizes, Func<int, TrainingModel> model, Action<int>? prepare = null) =>
            Measure(bench, report, repeats, name, [.. sizes.Select(size => (size, model(size)))], prepare);
    }

    private static void Measure(
        Bench bench, Report report, int repeats, string name, IReadOnlyList<(int Size, TrainingModel Model)> points, Action<int>? prepare)
    {
        var trainings = points.Select(point => new ElboTraining(point.Model, bench.Train(point.Model.Examples))).ToList();
        var measured = Interleaved.Measure(
            [
                .. points.Select((point, index) => new Contender($"{point.Size}", () =>
                {
                    prepare?.Invoke(point.Size);
                    return trainings[index].Slice() * 1000 / point.Model.BatchSize;
                })),
            ],
            repeats);
        trainings.ForEach(training => training.Dispose());

        foreach (var (measurement, (size, _)) in measured.Zip(points))
            report.Rounds(name, measurement with { Name = "Elbo" }, "microseconds per example", size);
        report.Text($"## {char.ToUpperInvariant(name[0])}{name[1..]}");
        report.Table(
            [name, "µs per example", "per example, relative to the first"],
            measured.Select(each => (string[])
                [each.Name, each.Spread.ToString("0.00"), measured[0].SpeedRelativeTo(each).ToString("0.00")]));
        if (points.Count == 1)
            return;
        var exponent = Exponent([.. points.Select(point => (double)point.Size)], [.. measured.Select(each => each.Spread.Median)]);
        report.Text($"The time per example scales with {name} to the power of {exponent:0.00}.");
    }

    /// <summary>Returns the least-squares slope of log y over log x.</summary>
    private static double Exponent(double[] x, double[] y)
    {
        double[] logX = [.. x.Select(value => Math.Log(value))];
        double[] logY = [.. y.Select(value => Math.Log(value))];
        var (meanX, meanY) = (logX.Average(), logY.Average());
        return logX.Zip(logY, (a, b) => (a - meanX) * (b - meanY)).Sum() / logX.Sum(a => (a - meanX) * (a - meanX));
    }
}
