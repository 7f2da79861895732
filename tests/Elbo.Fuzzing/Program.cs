// Gives damaged and absurd files to everything that reads files, and looks for anything but one sentence about them.
//   Elbo.Fuzzing [--cases N] [--seed S] [--format NAME] [--seconds MAX]
// A case is repeated by its seed: each prints as "FORMAT SEED", and `--format FORMAT --seed SEED --cases 1` is that case alone.
using System.Diagnostics;
using Elbo.Fuzzing;
using TorchSharp;

var options = FuzzOptions.Parse(args);
torch.set_num_threads(1);
var folder = Directory.CreateTempSubdirectory("elbo-fuzzing-").FullName;
try
{
    IReadOnlyList<FuzzFormat> formats =
        [.. FuzzFormats.All(folder).Where(format => options.Format is null || format.Name == options.Format)];
    if (formats.Count == 0)
        throw new ArgumentException($"There is no format '{options.Format}'.");
    using var watch = new Watchdog(options.Seconds);
    var (failures, refused, started) = (0, 0L, Stopwatch.GetTimestamp());
    for (var number = 0L; number < options.Cases && failures < 20; number++)
    {
        var format = formats[(int)(number % formats.Count)];
        var seed = options.Seed + (ulong)(number / formats.Count);
        var work = Path.Combine(folder, "work");
        Directory.CreateDirectory(work);
        watch.Begin($"{format.Name} {seed}");
        var outcome = format.Run(work, seed);
        watch.End();
        Folders.Delete(work);
        if (outcome.IsRefused)
            refused++;
        if (outcome.Failure is not { } failure)
            continue;
        failures++;
        Console.Error.WriteLine($"{format.Name} {seed}: {failure}");
    }

    var peak = Process.GetCurrentProcess().PeakWorkingSet64 / (1024 * 1024);
    Console.WriteLine(
        $"{options.Cases} cases of {formats.Count} formats in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s: {refused} refused "
        + $"with a sentence, {failures} failed; slowest {watch.Slowest.TotalSeconds:0.00} s ({watch.SlowestCase}), peak memory {peak} MiB");
    return failures == 0 ? 0 : 1;
}
finally
{
    Folders.Delete(folder);
}
