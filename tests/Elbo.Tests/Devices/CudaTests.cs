using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class CudaTests
{
    private const string NoGpu = "There is no CUDA device here, or the libtorch in use is for the CPU.";

    [Fact]
    public void The_same_seed_gives_the_first_epoch_of_the_processor()
    {
        Assert.SkipUnless(cuda_is_available(), NoGpu);
        using var folders = new TemporaryFolder();
        using var onCpu = SmallRuns.Model();
        using var onGpu = SmallRuns.Model();
        var options = SmallRuns.Options(null) with { Epochs = 1, CheckpointEvery = SmallRuns.CheckpointEvery };

        var expected = new Trainer(onCpu, options).Fit(SmallRuns.Data);
        var actual = new Trainer(onGpu, options with { Directory = folders["run"], Device = "cuda:0" }).Fit(SmallRuns.Data);

        Assert.Equal(expected.Epochs[0].TrainLoss, actual.Epochs[0].TrainLoss, 1e-3 * Math.Abs(expected.Epochs[0].TrainLoss));
        Assert.Equal(expected.Test!.NegativeElbo!.Value, actual.Test!.NegativeElbo!.Value, 1e-3 * expected.Test!.NegativeElbo!.Value);
        Assert.Equal(expected.GradientPath, actual.GradientPath);
        using var opened = Run.Load(folders["run"]);
        using var onDevice = Run.Load(folders["run"], device: "cuda");
        Assert.Equal("cuda:0", opened.Configuration.Training.Device);
        Assert.Equal(DeviceType.CUDA, onDevice.Model.CurrentDevice.type);
        Assert.All(
            opened.Model.Sample(4, label: 1).Values.ToArray().Zip(onDevice.Model.Sample(4, label: 1).Values.ToArray()),
            values => Assert.Equal(values.First, values.Second, 1e-4f));
    }

    [Fact]
    public void More_epochs_on_a_gpu_leave_no_more_tensors()
    {
        Assert.SkipUnless(cuda_is_available(), NoGpu);
        Assert.Equal(TensorsLeftBy(epochs: 1), TensorsLeftBy(epochs: 4));

        // TorchSharp counts the parameters that move to another device twice.
        static long TensorsLeftBy(int epochs)
        {
            using var model = SmallRuns.Model();
            var live = LiveTensorsOfAllThreads();
            new Trainer(model, SmallRuns.Options(null) with { Epochs = epochs, Device = "cuda" }).Fit(SmallRuns.Data);
            return LiveTensorsOfAllThreads() - live;
        }

        // Batches are prepared on another thread than the one that disposes them.
        static long LiveTensorsOfAllThreads()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Tensor.TotalCount;
        }
    }

    [Fact]
    public void A_run_of_a_gpu_goes_on_on_it_and_on_the_processor()
    {
        Assert.SkipUnless(cuda_is_available(), NoGpu);
        using var folders = new TemporaryFolder();
        var losses = new List<double>();
        foreach (var (name, device) in new[] { ("on", null), ("elsewhere", "cpu") })
        {
            using (var model = SmallRuns.Model())
                new Trainer(model, SmallRuns.Options(folders[name]) with { Epochs = 1, Device = "cuda" }).Fit(SmallRuns.Data);
            using var run = Run.Load(folders[name], device: device);
            losses.Add(run.Resume(SmallRuns.Data, epochs: 2).Test!.NegativeElbo!.Value);
            Assert.Equal(device ?? "cuda", run.Directory.ReadConfiguration().Training.Device);
        }

        Assert.Equal(losses[0], losses[1], 1e-3 * losses[0]);
    }

    [Fact]
    public void A_batch_that_does_not_fit_is_refused_in_a_sentence_that_names_one_that_does()
    {
        Assert.SkipUnless(cuda_is_available(), NoGpu);
        var data = new RowDataset(ValueShape.Vector(1), new float[20_000]);
        using var model = Vae.Create(data.Shape, o => o with { LatentSize = 20, Network = new() { Hidden = [4] } });
        var options = new TrainerOptions
        {
            // The pairs of the batch are 32 GB, and there are some ten such tensors.
            BatchSize = 20_000,
            Validation = 0,
            Objective = new() { Kind = Objectives.BetaTotalCorrelation, KlWeight = 4 },
            Device = "cuda",
            Epochs = 1,
        };

        var refused = Record.Exception(() => new Trainer(model, options).Fit(data));

        // A GPU with more memory has room for it.
        if (refused is null)
            return;
        Assert.IsAssignableFrom<ElboException>(refused);
        Assert.Contains("choose a BatchSize of", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cuda")]
    [InlineData("CUDA:1")]
    public void Without_a_gpu_the_device_is_rejected(string device)
    {
        Assert.SkipWhen(cuda_is_available(), "There is a CUDA device here.");
        using var model = SmallRuns.Model();

        var refused = Assert.Throws<EnvironmentException>(
            () => new Trainer(model, SmallRuns.Options(null) with { Device = device }).Fit(SmallRuns.Data));

        Assert.Contains("Device 'cpu'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gpu_that_is_not_there_is_rejected()
    {
        Assert.SkipUnless(cuda_is_available(), NoGpu);

        var refused = Assert.Throws<EnvironmentException>(() => Devices.Find("cuda:77"));

        Assert.Contains("There is no Device 'cuda:77'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:x")]
    [InlineData("cuda:300")]
    [InlineData("gpu")]
    public void What_is_no_name_of_a_device_is_rejected(string name)
    {
        var refused = Assert.Throws<SettingsException>(() => Devices.Find(name));

        Assert.Contains($"Unknown device '{name}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_loaded_onto_the_device_that_is_asked_for()
    {
        using var folders = new TemporaryFolder();
        using (var model = SmallRuns.Model())
            new Trainer(model, SmallRuns.Options(folders["run"]) with { Epochs = 1 }).Fit(SmallRuns.Data);

        using var run = Run.Load(folders["run"], device: "CPU");

        Assert.Equal(DeviceType.CPU, run.Model.CurrentDevice.type);
        Assert.Throws<SettingsException>(() => Run.Load(folders["run"], device: "tpu"));
    }
}
