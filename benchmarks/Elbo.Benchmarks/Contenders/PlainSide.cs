using System.Diagnostics;
using System.Text.Json;
using Elbo.Cli;
using TorchSharp;

namespace Elbo.Benchmarks;

/// <summary>Plain TorchSharp in a separate process: this program, started with <see cref="CommandName"/>.</summary>
internal static class PlainSide
{
    public const string CommandName = "plain-side";
    public const string Steps = "steps";
    public const string Batches = "batches";
    private const string WithSettings = "with-settings";

    /// <summary>Starts the side process.</summary>
    /// <param name="bench">The shared context.</param>
    /// <param name="model">The model.</param>
    /// <param name="hasSettings">Whether it has the process settings of the elbo command, and flushes denormals.</param>
    public static SideProcess Start(Bench bench, TrainingModel model, bool hasSettings)
    {
        var program = Path.Combine(AppContext.BaseDirectory, typeof(PlainSide).Assembly.GetName().Name!);
        string[] settings = hasSettings ? [WithSettings] : [];
        return SideProcess.Start(
            new ProcessStartInfo(program, [CommandName, JsonSerializer.Serialize(model), bench.MnistFolder, .. settings]));
    }

    /// <summary>Serves the requests of the process that started this one.</summary>
    public static int Serve(ReadOnlySpan<string> arguments)
    {
        var hasSettings = arguments is [_, _, WithSettings];
        if (hasSettings)
        {
            OpenMpWaitPolicy.LimitSpinning();
            NativeHeap.RetainFreedMemory();
        }

        var model = JsonSerializer.Deserialize<TrainingModel>(arguments[0])!;
        if (model.Threads > 0)
            torch.set_num_threads(model.Threads);
        using var mode = hasSettings ? FloatingPointMode.FlushDenormals() : null;
        using var training = new PlainTraining(model, Bench.First(Mnist.Load(arguments[1]).Train, model.Examples));
        var variants = new Dictionary<string, Func<int, double>>
        {
            [Steps] = steps =>
            {
                var milliseconds = 0.0;
                // A slice has the number of steps of the model.
                for (var done = 0; done < steps; done += model.Steps)
                    milliseconds += training.Slice() * model.Steps;
                return milliseconds / 1000;
            },
            [Batches] = epochs => training.BatchesOfAnEpoch() * epochs / 1000,
        };
        SideProcess.Serve(variants, Console.In, Console.Out);
        return 0;
    }
}
