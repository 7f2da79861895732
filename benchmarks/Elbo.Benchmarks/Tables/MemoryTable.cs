namespace Elbo.Benchmarks;

/// <summary>The peak memory of commands, and the memory of a training over many epochs.</summary>
internal static class MemoryTable
{
    private const int SmallTrain = 2_000;
    private const int FirstMeasuredEpoch = 5;

    public static void Measure(Bench bench)
    {
        var repeats = bench.Repeats(5);
        var report = new Report(bench, "memory", "Memory", repeats);
        var elbo = bench.Elbo;
        var data = bench.IsQuick ? elbo.WriteSmall(bench.MnistData, SmallTrain) : "mnist";
        var run = "";
        var name = bench.IsQuick ? "of a quick run" : data;
        report.Text($"Peak resident memory of the whole process (VmHWM), in MiB, for the data {name}.");
        var measured = Interleaved.Measure(
            [
                // In this order, because the first command creates the run that the others use.
                new("elbo train cvae --epochs 2", () => Peak(Train(run = elbo.NewPath(), "cvae", 2, data))),
                new("elbo evaluate RUN", () => Peak("evaluate", run)),
                new("elbo sample RUN", () => Peak("sample", run, "--out", elbo.NewPath(".png"))),
            ],
            repeats,
            shuffle: false);
        foreach (var measurement in measured)
            report.Rounds("peak", measurement, "MiB");
        report.Table(["job", "peak, MiB"], measured.Select(each => (string[])[each.Name, each.Spread.ToString("0")]));
        MeasureGrowth(bench, report);
        report.Save();

        double Peak(params string[] arguments) => ChildProcess.PeakMebibytes(elbo.Command(arguments));
    }

    private static void MeasureGrowth(Bench bench, Report report)
    {
        var epochs = Math.Max(2 * FirstMeasuredEpoch, bench.Size(100));
        report.Text($"## Over {epochs} epochs of {SmallTrain} images");
        var rows = new List<IReadOnlyList<string>>();
        foreach (var preset in new[] { "vae", "cvae" })
        {
            var run = bench.Elbo.NewPath();
            ChildProcess.Time(bench.Elbo.Command(Train(run, preset, epochs, bench.Elbo.WriteSmall(bench.MnistData, SmallTrain))));
            var resident = ReadResident(Path.Combine(run, "timings.csv"));
            foreach (var (epoch, mebibytes) in resident)
                report.Rounds("growth", new Measurement(preset, [mebibytes]), "MiB", epoch);
            var (early, late) = (resident[FirstMeasuredEpoch], resident[epochs]);
            rows.Add(
                [$"elbo train {preset}", $"{early:0.0}", $"{resident[epochs / 2]:0.0}", $"{late:0.0}", $"{late - early:+0.0;-0.0;0.0}"]);
        }

        report.Table(
            [
                "job", $"resident after epoch {FirstMeasuredEpoch}, MiB", $"after epoch {epochs / 2}", $"after epoch {epochs}",
                "growth, MiB",
            ],
            rows);
    }

    private static string[] Train(string run, string preset, int epochs, string data) =>
        ["train", preset, "--epochs", $"{epochs}", "--data", data, "--out", run];

    private static Dictionary<int, double> ReadResident(string path)
    {
        var lines = File.ReadAllLines(path);
        var column = Array.IndexOf(lines[0].Split(','), "resident_mebibytes");
        return lines.Skip(1)
            .Select(line => line.Split(','))
            .ToDictionary(cells => int.Parse(cells[0]), cells => double.Parse(cells[column]));
    }
}
