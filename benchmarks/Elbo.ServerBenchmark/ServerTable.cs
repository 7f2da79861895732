using System.Text;
using Elbo.Benchmarks;

namespace Elbo.ServerBenchmark;

/// <summary>Measures the server and writes the table.</summary>
internal static class ServerTable
{
    private static readonly TimeSpan MemoryInterval = TimeSpan.FromSeconds(10);

    public static async Task<int> Measure(
        TimeSpan time, int clients, int rate, TimeSpan rateTime, string? output, CancellationToken cancellation)
    {
        var machine = Machine.Describe("The clients are on the same machine; each request is for one sample of the default CVAE");
        var folder = Directory.CreateTempSubdirectory("elbo-server-benchmark-");
        try
        {
            var model = Path.Combine(folder.FullName, "run");
            Train(model);
            await using var server = await ServerProcess.Start(model);
            using var warm = server.Connect();
            await SampleRequests.SendOnTime(warm, rate, TimeSpan.FromSeconds(5), cancellation);
            var onTime = (await SampleRequests.SendOnTime(warm, rate, rateTime, cancellation)).Order().ToArray();
            Console.Error.WriteLine($"  {rate} requests a second: {Times(onTime)}");

            var before = server.ProcessorTime();
            var memory = new List<(double Seconds, double Mebibytes)>();
            var until = DateTime.UtcNow + time;
            var asking = Task.WhenAll(Enumerable.Range(0, clients).Select(async number =>
            {
                using var client = server.Connect();
                return await SampleRequests.SendUntil(client, number * 1_000_000, until, cancellation);
            }));
            while (await Task.WhenAny(asking, Task.Delay(MemoryInterval, cancellation)) != asking)
            {
                memory.Add(((time - (until - DateTime.UtcNow)).TotalSeconds, server.ResidentMebibytes()));
                Console.Error.WriteLine($"  {memory[^1].Seconds:0} s: {memory[^1].Mebibytes:0.0} MiB");
            }

            // A request that failed ends the measurement with its error.
            var times = (await asking).SelectMany(each => each).Order().ToArray();
            var processor = (server.ProcessorTime() - before).TotalSeconds / times.Length * 1e6;
            var table = new StringBuilder("# elbo serve\n\n");
            foreach (var line in machine)
                table.Append("- ").AppendLine(line);
            table.AppendLine().AppendLine("| measurement | value |").AppendLine("|---|---|");
            Row($"{rate} requests a second for {rateTime.TotalSeconds:0} s, open loop: ms from when each was due", Times(onTime));
            Row($"{clients} clients without a pause for {time.TotalMinutes:0.#} minutes: requests; errors", $"{times.Length}; 0");
            Row("requests a second; processor time of the server for each", $"{times.Length / time.TotalSeconds:0}; {processor:0} µs");
            Row("ms of each", Times(times));
            Row(
                $"resident memory every {MemoryInterval.TotalSeconds:0} s, MiB",
                string.Join(", ", memory.Select(each => $"{each.Mebibytes:0}")));
            var path = Path.Combine(output ?? StudioBenchmark.Checkout.ResultsFolder(), "server.md");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, table.ToString(), cancellation);
            Console.WriteLine(table);
            return 0;

            void Row(string name, string value) => table.AppendLine($"| {name} | {value} |");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Train(string folder)
    {
        var images = Mnist.Load().Test;
        using var model = Cvae.Create(images.Shape, Condition.Label(10));
        new Trainer(model, new() { Epochs = 1, BatchSize = 10_000, Validation = 0, Directory = folder, SamplePages = false }).Fit(images);
    }

    private static string Times(double[] sorted) =>
        $"median {Spread.Quantile(sorted, 0.5):0.00}, 99 % {Spread.Quantile(sorted, 0.99):0.00}, most {sorted[^1]:0.0}";
}
