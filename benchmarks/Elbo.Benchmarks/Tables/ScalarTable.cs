using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchSharp;
using static Elbo.Scalars;
using static TorchSharp.torch;

namespace Elbo.Benchmarks;

/// <summary>The reliability of passing numbers to libtorch, and the cost of keeping a scalar alive until libtorch has read it.</summary>
internal static class ScalarTable
{
    private const int Threads = 12;
    private const int SubtractionsPerCollection = 100;

    private static readonly (string Name, Func<Tensor, double, Tensor> Subtract)[] Variants =
    [
        ("kept: x - Number(y)", (x, y) => x - Number(y)),
        ("as TorchSharp makes it: x - y", (x, y) => x - y),
    ];

    public static void Measure(Bench bench)
    {
        var repeats = bench.Repeats(9);
        var report = new Report(bench, "scalars", "Numbers in formulas over tensors", repeats);
        var seconds = bench.Size(60);
        report.Text(
            $"{Threads} threads subtract, each a different number from a separate tensor, for {seconds} seconds per variant; after every "
            + $"{SubtractionsPerCollection} subtractions one of them runs a garbage collection:");
        report.Table(
            ["the number", "subtractions, million", "rejected by libtorch", "wrong result"],
            Variants.Select(variant => Collide(variant.Name, variant.Subtract, seconds)));

        var calls = bench.Size(100_000);
        var measured = Interleaved.Measure(
            [.. Variants.Select(variant => new Contender(variant.Name, () => Cost(variant.Subtract, calls)))], repeats);
        foreach (var measurement in measured)
            report.Rounds("subtraction", measurement, "microseconds");
        report.Text($"One thread alone, {calls} subtractions in a round:");
        report.Table(
            ["the number", "µs per subtraction", "speed of Number(y) relative to it"],
            measured.Select(each => (string[])
                [each.Name, each.Spread.ToString("0.000"), measured[0].SpeedRelativeTo(each).ToString("0.00")]));
        report.Save();
    }

    private static IReadOnlyList<string> Collide(string name, Func<Tensor, double, Tensor> subtract, int seconds)
    {
        long subtractions = 0, rejected = 0, wrong = 0;
        var started = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() => Subtract(number))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return [name, (subtractions / 1e6).ToString("0.0"), $"{rejected}", $"{wrong}"];

        bool Ended() => Stopwatch.GetElapsedTime(started).TotalSeconds > seconds;

        void Subtract(double number)
        {
            using var x = ones(4);
            while (!Ended())
            {
                if (Interlocked.Increment(ref subtractions) % SubtractionsPerCollection == 0)
                    GC.Collect(0);
                try
                {
                    using var difference = subtract(x, number);
                    if (difference.data<float>()[0] != 1 - number)
                        Interlocked.Increment(ref wrong);
                }
                catch (ExternalException)
                {
                    Interlocked.Increment(ref rejected);
                }
            }
        }
    }

    private static double Cost(Func<Tensor, double, Tensor> subtract, int calls)
    {
        using var x = ones(4);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
            subtract(x, 0.25).Dispose();
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / calls;
    }
}
