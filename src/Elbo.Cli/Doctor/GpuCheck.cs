using System.Globalization;
using System.Runtime.CompilerServices;
using TorchSharp;

namespace Elbo.Cli;

/// <summary>Trains a small model for a few steps on each GPU, and compares the losses with those on the processor.</summary>
internal static class GpuCheck
{
    private const int Steps = 3;
    private const int Examples = 64;
    private const double Tolerance = 1e-3;
    private const double LearningRate = 1e-3;

    private static readonly ImageShape Shape = new(1, 8, 8);

    // Not inlined, so that TorchSharp is not initialized before the native library check has passed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static CheckResult Run()
    {
        var count = Devices.CudaCount;
        if (count == 0)
            return new CheckResult("CUDA", "not available (the CPU is used)");
        var expected = LastLoss(Devices.Cpu);
        var (found, problems) = (new List<string>(), new List<string>());
        for (var gpu = 0; gpu < count; gpu++)
        {
            var name = $"{Devices.Cuda}:{gpu}";
            var description = Devices.Describe(name);
            var loss = LastLoss(name);
            var figure = loss.ToString("0.000", CultureInfo.InvariantCulture);
            found.Add($"{name} is {description}: a step of training has the loss {figure}");
            if (!(Math.Abs(loss - expected) <= Tolerance * Math.Abs(expected)))
                problems.Add(
                    $"{name} gives the loss {figure} where the processor gives {expected.ToString("0.000", CultureInfo.InvariantCulture)}: "
                    + "do not use it, and try another libtorch or driver.");
        }

        return new CheckResult("CUDA", string.Join("; ", found), problems.Count == 0 ? null : string.Join(" ", problems));
    }

    private static double LastLoss(string device)
    {
        var values = new byte[Examples * Shape.Pixels];
        for (var i = 0; i < values.Length; i++)
            values[i] = (byte)(i * i % 256);
        using var model = Vae.Create(Shape, options => options with { LatentSize = 4, Network = new() { Hidden = [32] } });
        model.to(Devices.Find(device));
        var reader = model.Reader(new ImageDataset(Shape, values));
        using var minimizer = new Minimizer(model);
        var loss = double.NaN;
        for (var step = 0; step < Steps; step++)
        {
            using var scope = torch.NewDisposeScope();
            var batch = reader.Slice(0, Examples);
            loss = minimizer.Step(batch, model.TrainingNoise(batch, 1, seed: 0, epoch: step), step, LearningRate).Loss.item<float>();
        }

        return loss;
    }
}
