namespace Elbo.Cli.Tests;

[Collection(SharedWorkplace.Name)]
public class InterruptionTests(Workplace workplace)
{
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private const string Epochs = "30";

    [Fact]
    public void A_training_stopped_by_either_signal_goes_on_to_the_bytes_of_one_that_was_not()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such signals on Windows");
        var straight = workplace.New();
        workplace.Run([.. TrainingInto(straight)]).AssertDone();
        foreach (var (signal, exitCode) in new[] { (Interrupt, 130), (Terminate, 143) })
        {
            var stopped = workplace.New();
            using var training = ElboProcess.Start(workplace.Folder, [.. TrainingInto(stopped)]);
            training.WaitForError("epoch 2/");
            training.Signal(signal);
            var result = training.Wait();

            Assert.Equal(exitCode, result.ExitCode);
            Assert.Equal("", result.Output);
            Assert.Contains($"resume {Path.GetFileName(stopped)}", result.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
            Assert.Contains("interrupted", workplace.Run("runs", "show", stopped).AssertDone().Output, StringComparison.Ordinal);
            Assert.NotEqual(Bytes(straight, "metrics.csv"), Bytes(stopped, "metrics.csv"));

            var resumed = workplace.Run("resume", stopped).AssertDone();
            Assert.DoesNotContain("cannot be promised", resumed.Errors, StringComparison.Ordinal);
            Assert.Equal(Bytes(straight, "metrics.csv"), Bytes(stopped, "metrics.csv"));
            Assert.Equal(Bytes(straight, "checkpoints/last.safetensors"), Bytes(stopped, "checkpoints/last.safetensors"));
            Assert.Equal(Bytes(straight, "checkpoints/best.safetensors"), Bytes(stopped, "checkpoints/best.safetensors"));
        }
    }

    [Fact]
    public void A_second_signal_does_not_wait()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such signals on Windows");
        var run = workplace.New();
        // One step of this takes seconds, and the first signal waits for its end.
        using var training = ElboProcess.Start(
            workplace.Folder,
            [.. TrainingInto(run), "--samples", "10000", "--set", "training.batchSize=200", "--set", "model.network.hidden=1000"]);
        training.WaitForError("Training");
        training.Signal(Interrupt);
        training.WaitForError("once more");
        training.Signal(Interrupt);
        var result = training.Wait();
        Assert.Equal(130, result.ExitCode);
        Assert.DoesNotContain("resume", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_finished_goes_on_where_more_epochs_are_asked_for()
    {
        var (longer, shorter) = (workplace.New(), workplace.New());
        workplace.Run(["train", "cvae", .. Workplace.Small, "--epochs", "3", "--out", longer]).AssertDone();
        workplace.Run(["train", "cvae", .. Workplace.Small, "--epochs", "1", "--out", shorter]).AssertDone();
        workplace.Run("resume", shorter, "--epochs", "3").AssertDone();
        Assert.Equal(Bytes(longer, "metrics.csv"), Bytes(shorter, "metrics.csv"));
        Assert.Equal(Bytes(longer, "checkpoints/last.safetensors"), Bytes(shorter, "checkpoints/last.safetensors"));
    }

    private static string[] TrainingInto(string folder) =>
        ["train", "vae", .. Workplace.Small, "--epochs", Epochs, "--checkpoint-every", "2", "--out", folder];

    private static byte[] Bytes(string run, string file) => File.ReadAllBytes(Path.Combine(run, file));
}
