namespace Elbo.Benchmarks;

/// <summary>The time from the start of a process to an image on disk: the published program, and Python with torch.</summary>
internal static class StartUpTable
{
    public static void Measure(Bench bench)
    {
        var repeats = bench.IsQuick ? bench.Repeats(2) : bench.Repeats(20);
        var report = new Report(bench, "start-up", "Start-up", repeats);
        report.Text(
            "`elbo sample RUN --label 6 --out FILE.png` of the published program (ReadyToRun), warm file cache, from the start of the "
            + "process to its exit, when the PNG is on disk, compared with `python3` and torch. Both load a CVAE and sample 64 images.");
        var elbo = bench.Elbo;
        var run = elbo.TrainSmall(bench.MnistData, "cvae");
        List<Contender> contenders = [new("elbo", () => Draw(elbo, path => elbo.Command("sample", run, "--label", "6", "--out", path)))];
        if (bench.Python is { } python)
        {
            var weights = elbo.NewPath(".pt");
            ChildProcess.Time(python.Script("pytorch_sample.py", "save", weights));
            contenders.Add(
                new("python3 with torch", () => Draw(elbo, path => python.Script("pytorch_sample.py", "sample", weights, "6", path))));
        }

        var measured = Interleaved.Measure(contenders, repeats);
        foreach (var measurement in measured)
            report.Rounds("sample", measurement, "ms");
        report.Table(
            ["program", "ms", "elbo's time relative to it"],
            measured.Select(each => (string[])
                [each.Name, each.Spread.ToString("0"), each.SpeedRelativeTo(measured[0]).ToString("0.000")]));
        if (bench.Python is null)
            report.Text("PyTorch: not installed.");
        report.Save();
    }

    private static double Draw(PublishedElbo elbo, Func<string, System.Diagnostics.ProcessStartInfo> command)
    {
        var path = elbo.NewPath(".png");
        var milliseconds = ChildProcess.Time(command(path));
        if (!File.Exists(path))
            throw new InvalidOperationException("A program exited successfully without writing its image.");
        return milliseconds;
    }
}
