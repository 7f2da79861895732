using System.Diagnostics;
using System.Text.Json;
using Elbo.Cli;

namespace Elbo.Benchmarks;

/// <summary>Plain TorchSharp in a process of its own: this program, started with <see cref="Verb"/>.</summary>
internal static class PlainSide
{
    public const string Verb = "plain-side";
    public const string WithLoader = "with-loader";
    public const string WithoutLoader = "without-loader";
    public const string Batches = "batches";
    private const string WithSettings = "with-settings";

    /// <summary>Starts the other process.</summary>
    public static SideProcess Start(Bench bench, TrainingModel model)
    {
        var program = Path.Combine(AppContext.BaseDirectory, typeof(PlainSide).Assembly.GetName().Name!);
        string[] settings = bench.HasSettingsForAll ? [WithSettings] : [];
        return SideProcess.Start(new ProcessStartInfo(program, [Verb, JsonSerializer.Serialize(model), bench.MnistFolder, .. settings]));
    }

    /// <summary>Works for whoever has started this process.</summary>
    public static int Serve(ReadOnlySpan<string> arguments)
    {
        if (arguments is [_, _, WithSettings])
        {
            OpenMpWaiting.BoundSpinning();
            NativeHeap.Keep();
        }

        var model = JsonSerializer.Deserialize<TrainingModel>(arguments[0])!;
        using var training = new PlainTraining(model, Bench.First(Mnist.Load(arguments[1]).Train, model.Examples));
        var variants = new Dictionary<string, Func<int, double>>
        {
            // A slice has the model's own number of steps.
            [WithLoader] = steps => training.SliceFromLoader() * steps / 1000,
            [WithoutLoader] = steps => training.SliceFromTensor() * steps / 1000,
            [Batches] = epochs => training.BatchesOfAnEpoch() * epochs / 1000,
        };
        SideProcess.Serve(variants, Console.In, Console.Out);
        return 0;
    }
}
