using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class CudaTests
{
    [Fact]
    public void A_training_on_a_gpu_gives_the_results_of_the_cpu()
    {
        Assert.SkipUnless(cuda_is_available(), "There is no CUDA device here, or the libtorch in use is for the CPU.");
        using var folders = new TemporaryFolder();
        using var onCpu = SmallRuns.Model();
        using var onGpu = SmallRuns.Model();

        var expected = new Trainer(onCpu, SmallRuns.Options(null) with { Epochs = 5 }).Fit(SmallRuns.Data).Test!;
        var live = LiveTensors.OfThisThread;
        var actual = new Trainer(onGpu, SmallRuns.Options(folders["run"]) with { Epochs = 5, Device = "cuda" }).Fit(SmallRuns.Data).Test!;

        // The generators of the two devices draw different noise, so the figures agree as two seeds do, not bit for bit.
        Assert.Equal(expected.NegativeElbo!.Value, actual.NegativeElbo!.Value, 1.5);
        Assert.Equal(live, LiveTensors.OfThisThread);
        using var opened = Run.Load(folders["run"]);
        Assert.Equal(4, opened.Model.Sample(4, label: 1).Count);
    }

    [Fact]
    public void Without_a_gpu_the_device_is_rejected()
    {
        Assert.SkipWhen(cuda_is_available(), "There is a CUDA device here.");
        using var model = SmallRuns.Model();

        var refused = Assert.Throws<EnvironmentException>(
            () => new Trainer(model, SmallRuns.Options(null) with { Device = "cuda" }).Fit(SmallRuns.Data));

        Assert.Contains("Device 'cpu'", refused.Message, StringComparison.Ordinal);
    }
}
