using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Benchmarks;

/// <summary>Batches alone, for an epoch: Elbo's reader beside the two DataLoaders.</summary>
internal static class InputTable
{
    private const int BatchSize = 128;

    public static void Measure(Bench bench)
    {
        var repeats = bench.Repeats(5);
        var report = new Report(bench, "input", "The input pipeline", repeats);
        var steps = bench.Size(468);
        var model = TrainingModel.Perceptron(BatchSize, steps);
        var data = bench.Train(model.Examples);
        report.Text($"An epoch's batches of {BatchSize} from {data.Count} images with labels in a random order, nothing done with them.");

        using var training = new ElboTraining(model, data);
        var reader = new BatchReader(data, Binarization.None, 0, RandomPurpose.Binarization, CPU);
        using var plain = PlainSide.Start(bench, model, hasSettings: false);
        using var python = bench.Python is null
            ? null
            : SideProcess.Start(bench.Python.Script(
                "pytorch_input.py", "--data", bench.MnistFolder, "--examples", $"{data.Count}", "--batch-size", $"{BatchSize}"));
        List<Contender> contenders =
        [
            new("Elbo", () => Gather(reader)),
            new("TorchSharp's DataLoader", () => plain.Slice(PlainSide.Batches, 1)),
            .. python?.Variants.Select(variant => new Contender($"PyTorch {variant}", () => python.Slice(variant, 1))) ?? [],
            new("an epoch of training in Elbo", () => training.Slice() * steps),
        ];

        var measured = Interleaved.Measure(contenders, repeats);
        foreach (var measurement in measured)
            report.Rounds("epoch", measurement, "ms");
        report.Table(
            ["contender", "ms per epoch", "share of an epoch of training in Elbo, %", "Elbo's speed relative to it"],
            measured.Select(each => (string[])
            [
                each.Name, each.Spread.ToString("0.0"), Percent(measured[^1].SpeedRelativeTo(each)),
                measured[0].SpeedRelativeTo(each).ToString("0.00"),
            ]));
        report.Text(python?.Description ?? "PyTorch: not installed.");
        report.Save();

        // The speed of an epoch relative to its batches alone is the part of it that they take.
        static string Percent(Spread share) => new Spread(100 * share.Lower, 100 * share.Median, 100 * share.Upper).ToString("0.00");
    }

    private static double Gather(BatchReader data)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var positions in data.Shuffle(0, RandomPurpose.BatchOrder, 1).Chunk(BatchSize))
        {
            using var scope = NewDisposeScope();
            _ = data.Gather(positions);
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
