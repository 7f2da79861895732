using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Benchmarks;

/// <summary>The noise of a training step: ours beside that of libtorch, which gets a fresh generator in every step.</summary>
internal static class NoiseTable
{
    private const int BatchSize = 128;
    private const int Latent = 20;
    private const int Pixels = 784;
    private static readonly long[] Examples = [.. Enumerable.Range(0, BatchSize).Select(i => i * 7919L % 60_000)];

    public static void Measure(Bench bench)
    {
        var repeats = bench.Repeats(9);
        var steps = bench.Size(2_000);
        var report = new Report(bench, "noise", "The noise of a training step", repeats);
        report.Text($"A batch has {BatchSize} examples; {steps} steps in a round. Ours is made on one thread.");
        var stream = new NoiseStream(1, RandomPurpose.Noise);
        var (normals, coins) = (new float[BatchSize * Latent], new byte[BatchSize * Pixels]);
        using var probabilities = stream.Uniform(Examples, Pixels, 1, CPU);

        Compare(
            $"{normals.Length:N0} normal numbers", new("ours, into memory", () => Time(_ => stream.Normals(normals, Examples, Latent))),
            new("ours, a tensor", () => Time(_ => stream.Normal(Examples, Latent, 1, CPU))),
            new("libtorch's randn", () => Time(Randn)));
        Compare(
            $"{coins.Length:N0} coins", new("ours, into memory", () => Time(_ => stream.Coins(coins, Examples, Pixels))),
            new("ours, a tensor", () => Time(_ => stream.Coins(Examples, Pixels, CPU))),
            new("libtorch's bernoulli", () => Time(Bernoulli)));
        report.Save();

        void Compare(string what, params IReadOnlyList<Contender> contenders)
        {
            var measured = Interleaved.Measure(contenders, repeats);
            foreach (var measurement in measured)
                report.Rounds(what, measurement, "µs");
            report.Table(
                [what, "µs per step", "speed of ours, into memory, relative to it"],
                measured.Select(each => (string[])
                [
                    each.Name, each.Spread.ToString("0.0"), measured[0].SpeedRelativeTo(each).ToString("0.00"),
                ]));
        }

        double Time(Action<int> step)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < steps; i++)
            {
                using var scope = NewDisposeScope();
                step(i);
            }

            return Stopwatch.GetElapsedTime(started).TotalMicroseconds / steps;
        }

        void Randn(int step)
        {
            using var generator = new Generator(RandomStream.Derive(1, RandomPurpose.Noise, 0, step));
            _ = randn([BatchSize, Latent], float32, generator: generator);
        }

        void Bernoulli(int step)
        {
            using var generator = new Generator(RandomStream.Derive(1, RandomPurpose.Binarization, 0, step));
            _ = bernoulli(probabilities, generator);
        }
    }
}
