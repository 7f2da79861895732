using System.Text.Json;

namespace Elbo.Cli.Tests;

/// <summary>A training initialized with the weights of another run.</summary>
[Collection(AloneInProcess.Name)]
public class StartFromTests(WorkspaceInProcess workspace)
{
    [Fact]
    public void The_initial_weights_are_the_best_weights_of_the_run()
    {
        // With a negligible learning rate, the final weights are the initial weights.
        var run = workspace.New();
        workspace.Run(
            ["train", "vae", .. TestWorkspace.Small, "--epochs", "1", "--learning-rate", "1e-30", "--start-from", "vae", "--out", run])
            .AssertDone();
        var random = workspace.New();
        workspace.Run(["train", "vae", .. TestWorkspace.Small, "--epochs", "1", "--learning-rate", "1e-30", "--out", random]).AssertDone();
        Assert.Equal(Loss("vae"), Loss(run));
        Assert.NotEqual(Loss("vae"), Loss(random));
    }

    [Fact]
    public void Another_objective_can_start_from_a_run_and_the_configuration_reproduces_the_training()
    {
        var (first, second) = (workspace.New(), workspace.New());
        workspace.Run(
        [
            "train", "vae", .. TestWorkspace.Small, "--epochs", "2", "--objective", "iwae", "--samples", "5", "--start-from", "vae",
            "--out", first,
        ]).AssertDone();
        Assert.True(Loss(first) < Loss("vae"), "two more epochs did not reduce the loss");
        var configuration = Path.Combine(first, "config.json");
        using (var settings = JsonDocument.Parse(File.ReadAllText(configuration)))
        {
            Assert.Equal(
                Path.Combine(workspace.Folder, "vae"), settings.RootElement.GetProperty("training").GetProperty("startFrom").GetString());
        }

        workspace.Run("train", configuration, "--out", second).AssertDone();
        Assert.Equal(File.ReadAllText(Path.Combine(first, "metrics.csv")), File.ReadAllText(Path.Combine(second, "metrics.csv")));
    }

    [Fact]
    public void A_run_is_resumed_even_if_the_run_it_started_from_no_longer_exists()
    {
        var (source, run) = (workspace.CopyOf("vae"), workspace.New());
        workspace.Run(["train", "vae", .. TestWorkspace.Small, "--epochs", "1", "--start-from", source, "--out", run]).AssertDone();
        Directory.Delete(source, recursive: true);
        workspace.Run("resume", run, "--epochs", "2").AssertDone();
        workspace.Run("evaluate", run).AssertDone();
    }

    [Theory]
    [InlineData("cvae", "has prior \"standard\"")]
    [InlineData("vae", "network.activation \"tanh\"", "--activation", "tanh")]
    [InlineData("vae", "likelihood \"continuous-bernoulli\"", "--likelihood", "continuous-bernoulli")]
    [InlineData("vae", "coder.", "--set", "model.network.hidden=17")]
    [InlineData("nowhere", "is not a run")]
    public void An_unsuitable_run_to_start_from_is_rejected_before_anything_is_written(string run, string reason, params string[] flags)
    {
        var folder = workspace.New();
        workspace.Run(["train", "vae", .. TestWorkspace.Small, .. flags, "--epochs", "1", "--start-from", run, "--out", folder])
            .AssertFails(3, run, reason);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_sweep_is_resumed_without_the_run_it_started_from_but_not_with_a_changed_one()
    {
        var (source, sweep) = (workspace.CopyOf("vae"), workspace.New());
        string[] command =
            [
                "sweep", "vae", .. TestWorkspace.Small, "--epochs", "1", "--start-from", source, "--set", "objective.klWeight=1,2",
                "--out", sweep,
            ];
        workspace.Run(command).AssertDone();
        var table = File.ReadAllText(Path.Combine(sweep, "sweep.csv"));

        workspace.Run("resume", source, "--epochs", "3").AssertDone();
        workspace.Run(command).AssertFails(2, "started from other weights");
        Directory.Delete(source, recursive: true);
        workspace.Run(command).AssertDone();
        Assert.Equal(table, File.ReadAllText(Path.Combine(sweep, "sweep.csv")));
    }

    private double Loss(string run) => JsonDocument
        .Parse(workspace.Run("evaluate", run, "--json").AssertDone().Output)
        .RootElement.GetProperty("negativeElbo").GetDouble();
}
