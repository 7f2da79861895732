namespace Elbo.Cli.Tests;

/// <summary>Trainings that fail, in this process.</summary>
[Collection(AloneInProcess.Name)]
public class FailureTests(WorkspaceInProcess workspace)
{
    [Fact]
    public void A_file_that_cannot_be_written_is_reported_as_one_sentence_with_exit_code_4()
    {
        var run = workspace.CopyOf("vae");
        File.Delete(Path.Combine(run, "timings.csv"));
        Directory.CreateDirectory(Path.Combine(run, "timings.csv"));
        workspace.Run("resume", run, "--epochs", "3").AssertFails(4, "timings.csv");
    }

    [Fact]
    public void A_loss_that_is_not_finite_causes_exit_code_5_and_keeps_the_checkpoints()
    {
        var run = workspace.CopyOf("vae");
        var configuration = Path.Combine(run, "config.json");
        File.WriteAllText(configuration, File.ReadAllText(configuration).Replace(
            "\"learningRate\": 0.001", "\"learningRate\": 1e30", StringComparison.Ordinal));
        string[] checkpoints = [Path.Combine(run, "checkpoints", "last.safetensors"), Path.Combine(run, "checkpoints", "best.safetensors")];
        var before = checkpoints.Select(File.ReadAllBytes).ToArray();

        workspace.Run("resume", run, "--epochs", "4").AssertFails(5, "step", "finite");

        Assert.Equal(before, checkpoints.Select(File.ReadAllBytes));
        var diagnostic = Path.Combine(run, "checkpoints", "diagnostic.safetensors");
        Assert.True(File.Exists(diagnostic));
        File.Copy(diagnostic, checkpoints[0], overwrite: true);
        workspace.Run("resume", run, "--epochs", "4").AssertFails(3, "finite");
    }

    [Fact]
    public void A_new_training_with_a_loss_that_is_not_finite_causes_exit_code_5()
    {
        var run = workspace.New();
        workspace.Run(["train", "vae", .. TestWorkspace.Small, "--learning-rate", "1e30", "--out", run])
            .AssertFails(5, "finite", "diagnostic.safetensors");
        workspace.Run("runs", "show", run).AssertDone();
    }
}
