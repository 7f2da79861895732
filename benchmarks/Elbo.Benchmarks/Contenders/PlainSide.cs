using System.Diagnostics;
using System.Text.Json;
using Elbo.Cli;

namespace Elbo.Benchmarks;

/// <summary>Plain TorchSharp in a separate process: this program, started with <see cref="CommandName"/>.</summary>
internal static class PlainSide
{
    public const string CommandName = "plain-side";
    public const string WithLoader = "with-loader";
    public const string WithoutLoader = "without-loader";
    public const string Batches = "batches";
    private const string WithSettings = "with-settings";

    /// <summary>Starts the side process.</summary>
    public static SideProcess Start(Bench bench, TrainingModel model)
    {
        var program = Path.Combine(AppContext.BaseDirectory, typeof(PlainSide).Assembly.GetName().Name!);
        string[] settings = bench.HasSettingsForAll ? [WithSettings] : [];
        return SideProcess.Start(
            new ProcessStartInfo(program, [CommandName, JsonSerializer.Serialize(model), bench.MnistFolder, .. settings]));
    }

    /// <summary>Serves the requests of the process that started this one.</summary>
    public static int Serve(ReadOnlySpan<string> arguments)
    {
        if (arguments is [_, _, WithSettings])
        {
            OpenMpWaitPolicy.LimitSpinning();
            NativeHeap.RetainFreedMemory();
        }

        var model = JsonSerializer.Deserialize<TrainingModel>(arguments[0])!;
        using var training = new PlainTraining(model, Bench.First(Mnist.Load(arguments[1]).Train, model.Examples));
        var variants = new Dictionary<string, Func<int, double>>
        {
            // A slice has the number of steps of the model.
            [WithLoader] = steps => training.SliceFromLoader() * steps / 1000,
            [WithoutLoader] = steps => training.SliceFromTensor() * steps / 1000,
            [Batches] = epochs => training.BatchesOfAnEpoch() * epochs / 1000,
        };
        SideProcess.Serve(variants, Console.In, Console.Out);
        return 0;
    }
}
