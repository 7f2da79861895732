using System.Diagnostics;
using Elbo.Cli;
using Elbo.Studio;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using TorchSharp;

namespace Elbo.StudioBenchmark;

/// <summary>
/// Runs the studio in a separate process, like <c>elbo studio</c>: prints its URL, its memory usage every ten seconds, and at the end all
/// response times. It stops when its standard input is closed.
/// </summary>
internal static class StudioHost
{
    public const string Verb = "serve";
    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(10);

    public static async Task<int> Serve()
    {
        OpenMpWaitPolicy.LimitSpinning();
        NativeHeap.RetainFreedMemory();
        torch.set_num_threads(1);
        var timer = new ResponseTimer();
        var runs = Directory.CreateTempSubdirectory("elbo-studio-benchmark-");
        var options = new StudioOptions
        {
            Roots = [runs.FullName],
            Port = 0,
            Services = services => services.AddSingleton(timer).AddSingleton(typeof(HubLifetimeManager<>), typeof(TimedLifetime<>))
                .Configure<HubOptions>(hub => hub.AddFilter(timer)),
        };
        await using (var server = await StudioServer.StartAsync(options))
        {
            Console.WriteLine($"address {server.Address}");
            var ended = Task.Run(Console.In.ReadToEnd);
            var running = Stopwatch.StartNew();
            for (var sample = 1; await Task.WhenAny(ended, DelayUntil(running, sample * SampleInterval)) != ended; sample++)
                ReportMemory(running.Elapsed, server.Services.GetRequiredService<CircuitLimit>().Open);
            foreach (var (kind, whole, own) in timer.Finished())
                Console.WriteLine(FormattableString.Invariant($"response {kind} {whole:0.000} {own:0.000}"));
            Console.WriteLine(FormattableString.Invariant($"processor {Environment.CpuUsage.TotalTime.TotalSeconds:0.0}"));
        }

        runs.Delete(recursive: true);
        return 0;
    }

    private static Task DelayUntil(Stopwatch running, TimeSpan time)
    {
        var remaining = time - running.Elapsed;
        return Task.Delay(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero);
    }

    private static void ReportMemory(TimeSpan running, int pages)
    {
        // Collects garbage first, so that only live objects are counted.
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (managed, resident) = (Mebibytes(GC.GetTotalMemory(forceFullCollection: false)), Mebibytes(process.WorkingSet64));
        Console.WriteLine(FormattableString.Invariant($"memory {running.TotalSeconds:0.0} {managed:0.00} {resident:0.0} {pages}"));
    }

    private static double Mebibytes(long bytes) => bytes / (double)(1 << 20);
}
