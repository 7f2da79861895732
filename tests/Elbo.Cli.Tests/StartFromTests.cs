using System.Text.Json;

namespace Elbo.Cli.Tests;

/// <summary>A training that begins with the weights of a run.</summary>
[Collection(SharedWorkplace.Name)]
public class StartFromTests(Workplace workplace)
{
    [Fact]
    public void The_first_weights_are_the_best_ones_of_the_run()
    {
        // Steps too small to change a weight: what is judged at the end is what the training began with.
        var run = workplace.New();
        workplace.Run(
            ["train", "vae", .. Workplace.Small, "--epochs", "1", "--learning-rate", "1e-30", "--start-from", "vae", "--out", run]).AssertDone();
        var anew = workplace.New();
        workplace.Run(["train", "vae", .. Workplace.Small, "--epochs", "1", "--learning-rate", "1e-30", "--out", anew]).AssertDone();
        Assert.Equal(Loss("vae"), Loss(run));
        Assert.NotEqual(Loss("vae"), Loss(anew));
    }

    [Fact]
    public void Another_objective_goes_on_from_it_and_the_configuration_trains_the_same_again()
    {
        var (first, second) = (workplace.New(), workplace.New());
        workplace.Run(
        [
            "train", "vae", .. Workplace.Small, "--epochs", "2", "--objective", "iwae", "--samples", "5", "--start-from", "vae", "--out", first,
        ]).AssertDone();
        Assert.True(Loss(first) < Loss("vae"), "two more epochs did not help");
        var configuration = Path.Combine(first, "config.json");
        using (var settings = JsonDocument.Parse(File.ReadAllText(configuration)))
        {
            Assert.Equal(
                Path.Combine(workplace.Folder, "vae"), settings.RootElement.GetProperty("training").GetProperty("startFrom").GetString());
        }

        workplace.Run("train", configuration, "--out", second).AssertDone();
        Assert.Equal(File.ReadAllText(Path.Combine(first, "metrics.csv")), File.ReadAllText(Path.Combine(second, "metrics.csv")));
    }

    [Fact]
    public void A_run_goes_on_though_the_one_it_started_from_is_gone()
    {
        var (source, run) = (workplace.CopyOf("vae"), workplace.New());
        workplace.Run(["train", "vae", .. Workplace.Small, "--epochs", "1", "--start-from", source, "--out", run]).AssertDone();
        Directory.Delete(source, recursive: true);
        workplace.Run("resume", run, "--epochs", "2").AssertDone();
        workplace.Run("evaluate", run).AssertDone();
    }

    [Theory]
    [InlineData("cvae", "has prior \"standard\"")]
    [InlineData("vae", "network.activation \"tanh\"", "--activation", "tanh")]
    [InlineData("vae", "likelihood \"continuous-bernoulli\"", "--likelihood", "continuous-bernoulli")]
    [InlineData("vae", "coder.", "--set", "model.network.hidden=17")]
    [InlineData("nowhere", "is not a run")]
    public void What_cannot_be_started_from_is_refused_before_anything_is_written(string run, string reason, params string[] flags)
    {
        var folder = workplace.New();
        workplace.Run(["train", "vae", .. Workplace.Small, .. flags, "--epochs", "1", "--start-from", run, "--out", folder])
            .AssertFails(3, run, reason);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_sweep_goes_on_without_the_run_it_started_from_but_not_with_another_in_its_place()
    {
        var (source, sweep) = (workplace.CopyOf("vae"), workplace.New());
        string[] command =
            ["sweep", "vae", .. Workplace.Small, "--epochs", "1", "--start-from", source, "--set", "objective.klWeight=1,2", "--out", sweep];
        workplace.Run(command).AssertDone();
        var table = File.ReadAllText(Path.Combine(sweep, "sweep.csv"));

        workplace.Run("resume", source, "--epochs", "3").AssertDone();
        workplace.Run(command).AssertFails(2, "started from other weights");
        Directory.Delete(source, recursive: true);
        workplace.Run(command).AssertDone();
        Assert.Equal(table, File.ReadAllText(Path.Combine(sweep, "sweep.csv")));
    }

    private double Loss(string run) => JsonDocument
        .Parse(workplace.Run("evaluate", run, "--json").AssertDone().Output)
        .RootElement.GetProperty("negativeElbo").GetDouble();
}
