using System.Diagnostics;
using Elbo.Cli;
using Elbo.Studio;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using TorchSharp;

namespace Elbo.StudioBenchmark;

/// <summary>
/// The studio in a process of its own, as <c>elbo studio</c> starts it: tells its address, what memory it holds every ten seconds, and at its
/// end how long each answer took. It ends when its input does.
/// </summary>
internal static class ServedStudio
{
    public const string Verb = "serve";
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    public static async Task<int> Serve()
    {
        OpenMpWaitPolicy.LimitSpinning();
        NativeHeap.RetainFreedMemory();
        torch.set_num_threads(1);
        var clock = new AnswerClock();
        var runs = Directory.CreateTempSubdirectory("elbo-studio-benchmark-");
        var options = new StudioOptions
        {
            Roots = [runs.FullName],
            Port = 0,
            Services = services => services.AddSingleton(clock).AddSingleton(typeof(HubLifetimeManager<>), typeof(TimedLifetime<>))
                .Configure<HubOptions>(hub => hub.AddFilter(clock)),
        };
        await using (var server = await StudioServer.StartAsync(options))
        {
            Console.WriteLine($"address {server.Address}");
            var ended = Task.Run(Console.In.ReadToEnd);
            var running = Stopwatch.StartNew();
            for (var look = 1; await Task.WhenAny(ended, Task.Delay(Positive(look * Pace - running.Elapsed))) != ended; look++)
                TellMemory(running.Elapsed, server.Services.GetRequiredService<CircuitLimit>().Open);
            foreach (var (kind, whole, own) in clock.Answers())
                Console.WriteLine(FormattableString.Invariant($"answer {kind} {whole:0.000} {own:0.000}"));
            Console.WriteLine(FormattableString.Invariant($"processor {Environment.CpuUsage.TotalTime.TotalSeconds:0.0}"));
        }

        runs.Delete(recursive: true);
        return 0;
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    private static void TellMemory(TimeSpan running, int pages)
    {
        // What is alive, and not what nobody has collected yet.
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(FormattableString.Invariant(
            $"memory {running.TotalSeconds:0.0} {Mebibytes(GC.GetTotalMemory(forceFullCollection: false)):0.00} {Mebibytes(process.WorkingSet64):0.0} {pages}"));
    }

    private static double Mebibytes(long bytes) => bytes / (double)(1 << 20);
}
