using System.Diagnostics;

namespace Elbo.Benchmarks;

/// <summary>Throughput of sampling many images, and latency of sampling one image, in process.</summary>
internal static class SamplingTable
{
    public static void Measure(Bench bench)
    {
        var repeats = bench.Repeats(5);
        var report = new Report(bench, "sampling", "Sampling", repeats);
        var (bulk, singles) = (bench.Size(10_000), bench.Size(2_000));
        report.Text($"`model.Sample` in process: {bulk} images in one call, and {singles} calls for one image each in every round.");
        (TrainingModel Model, int? Label)[] models =
            [(TrainingModel.Perceptron(128, 1), null), (TrainingModel.Conditional("mean", 1), 6), (TrainingModel.Convolutional(1), null)];
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (spec, label) in models)
        {
            var name = spec.Name.Split(", batch")[0] + (label is null ? "" : $", label {label}");
            using var model = spec.Create(bench.MnistData.Shape);
            var latencies = new List<double[]>();
            var measured = Interleaved.Measure(
                [
                    new("one image, median ms", () =>
                    {
                        latencies.Add(Latencies(model, label, singles));
                        return Spread.Quantile(latencies[^1], 0.5);
                    }),
                    new("bulk, ms per image", () => Timed(() => model.Sample(bulk, label)) / bulk),
                ],
                repeats);
            // The first round is the warm-up.
            var tail = new Measurement(
                "one image, 99th percentile ms", [.. latencies.Skip(1).Select(sorted => Spread.Quantile(sorted, 0.99))]);
            foreach (var measurement in measured.Append(tail))
                report.Rounds(name, measurement, "ms");
            rows.Add([name, $"{1000 / measured[1].Spread.Median:0}", measured[0].Spread.ToString("0.000"), tail.Spread.ToString("0.000")]);
        }

        report.Table(["model", "images per second in bulk", "one image, median, ms", "one image, 99th percentile, ms"], rows);
        report.Save();
    }

    private static double[] Latencies(LatentVariableModel model, int? label, int count)
    {
        var latencies = new double[count];
        for (var i = 0; i < count; i++)
        {
            var seed = (ulong)i;
            latencies[i] = Timed(() => model.Sample(1, label, seed));
        }

        Array.Sort(latencies);
        return latencies;
    }

    private static double Timed(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
