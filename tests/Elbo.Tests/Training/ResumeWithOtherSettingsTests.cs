namespace Elbo.Tests;

/// <summary>Resuming after a change of settings that the result depends on.</summary>
public class ResumeWithOtherSettingsTests
{
    [Fact]
    public void Under_another_objective_the_best_epoch_is_found_anew()
    {
        using var folder = new TemporaryFolder();
        using (var model = SmallRuns.Model())
            new Trainer(model, SmallRuns.Options(folder["run"])).Fit(SmallRuns.Data);
        var directory = RunDirectory.Open(folder["run"]);
        var configuration = directory.ReadConfiguration();
        // Every loss is higher now than the best one by the former objective.
        directory.WriteConfiguration(configuration with { Objective = new() { KlWeight = 50, ReconstructionWeight = 5 } });

        using var run = Run.Load(folder["run"]);
        var result = run.Resume(SmallRuns.Data, epochs: 4);

        Assert.InRange(result.BestEpoch, 3, 4);
        Assert.Contains(result.Epochs, epoch => epoch.IsBest);
    }

    [Fact]
    public void Under_the_same_objective_the_best_epoch_is_kept()
    {
        using var folder = new TemporaryFolder();
        using (var model = SmallRuns.Model())
            new Trainer(model, SmallRuns.Options(folder["run"])).Fit(SmallRuns.Data);
        var directory = RunDirectory.Open(folder["run"]);
        var configuration = directory.ReadConfiguration();
        // With such steps no later epoch is better.
        directory.WriteConfiguration(configuration with { Training = configuration.Training with { LearningRate = 3 } });

        using var run = Run.Load(folder["run"]);

        Assert.Equal(2, run.Resume(SmallRuns.Data, epochs: 3).BestEpoch);
    }

    [Theory]
    [InlineData("cosine")]
    [InlineData("linear")]
    public void A_schedule_that_ends_with_the_run_is_not_stretched(string schedule)
    {
        using var folder = new TemporaryFolder();
        using (var model = SmallRuns.Model())
            new Trainer(model, SmallRuns.Options(folder["run"]) with { LearningRateSchedule = schedule }).Fit(SmallRuns.Data);
        var before = File.ReadAllText(folder["run", "config.json"]);
        using var run = Run.Load(folder["run"]);

        var refused = Assert.Throws<SettingsException>(() => run.Resume(SmallRuns.Data, epochs: 4));

        Assert.Contains("StartFrom", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(folder["run", "config.json"]));
        Assert.Equal(RunState.Finished, run.State);
    }
}
