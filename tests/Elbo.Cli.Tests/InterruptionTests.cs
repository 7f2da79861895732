namespace Elbo.Cli.Tests;

[Collection(SharedWorkspace.Name)]
public class InterruptionTests(TestWorkspace workspace)
{
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private const string Epochs = "30";

    [Fact]
    public void A_training_interrupted_by_either_signal_resumes_to_a_bitwise_identical_result()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "these signals do not exist on Windows");
        var uninterrupted = workspace.New();
        workspace.Run([.. TrainingInto(uninterrupted)]).AssertDone();
        foreach (var (signal, exitCode) in new[] { (Interrupt, 130), (Terminate, 143) })
        {
            var stopped = workspace.New();
            using var training = ElboProcess.Start(workspace.Folder, [.. TrainingInto(stopped)]);
            training.WaitForError("epoch 2/");
            training.Signal(signal);
            var result = training.Wait();

            Assert.Equal(exitCode, result.ExitCode);
            Assert.Equal("", result.Output);
            Assert.Contains($"resume {Path.GetFileName(stopped)}", result.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
            Assert.Contains("interrupted", workspace.Run("runs", "show", stopped).AssertDone().Output, StringComparison.Ordinal);
            Assert.NotEqual(Bytes(uninterrupted, "metrics.csv"), Bytes(stopped, "metrics.csv"));

            var resumed = workspace.Run("resume", stopped).AssertDone();
            Assert.DoesNotContain("not guaranteed", resumed.Errors, StringComparison.Ordinal);
            Assert.Equal(Bytes(uninterrupted, "metrics.csv"), Bytes(stopped, "metrics.csv"));
            Assert.Equal(Bytes(uninterrupted, "standard-errors.csv"), Bytes(stopped, "standard-errors.csv"));
            Assert.Equal(Bytes(uninterrupted, "checkpoints/last.safetensors"), Bytes(stopped, "checkpoints/last.safetensors"));
            Assert.Equal(Bytes(uninterrupted, "checkpoints/best.safetensors"), Bytes(stopped, "checkpoints/best.safetensors"));
        }
    }

    [Fact]
    public void A_second_signal_ends_the_process_immediately()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "these signals do not exist on Windows");
        var run = workspace.New();
        // One step takes seconds, and the first signal takes effect at the end of the step.
        using var training = ElboProcess.Start(
            workspace.Folder,
            [.. TrainingInto(run), "--samples", "10000", "--set", "training.batchSize=200", "--set", "model.network.hidden=1000"]);
        training.WaitForError("Training");
        training.Signal(Interrupt);
        training.WaitForError("send the signal again");
        training.Signal(Interrupt);
        var result = training.Wait();
        Assert.Equal(130, result.ExitCode);
        Assert.DoesNotContain("resume", result.Errors, StringComparison.Ordinal);
    }

    // Without the pages of samples, which take most of the time of such small epochs.
    private static string[] TrainingInto(string folder) =>
        ["train", "vae", .. TestWorkspace.Small, "--epochs", Epochs, "--checkpoint-every", "2", "--no-sample-pages", "--out", folder];

    private static byte[] Bytes(string run, string file) => File.ReadAllBytes(Path.Combine(run, file));
}
