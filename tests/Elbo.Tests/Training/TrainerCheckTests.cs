namespace Elbo.Tests;

public class TrainerCheckTests
{
    [Fact]
    public void The_check_of_a_training_returns_the_configuration_of_its_run_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        using var model = SmallRuns.Model();
        var trainer = new Trainer(model, SmallRuns.Options(folder["run"]));

        var checkedBefore = trainer.Check(SmallRuns.Data.Train, SmallRuns.Data.Test);

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        trainer.Fit(SmallRuns.Data);
        Assert.Equal(Json.Write(checkedBefore), File.ReadAllText(folder["run", "config.json"]));
    }

    [Fact]
    public void A_check_before_a_training_does_not_change_it()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, isChecked) in new[] { ("checked", true), ("unchecked", false) })
        {
            using var model = SmallRuns.Model();
            var trainer = new Trainer(model, SmallRuns.Options(folder[name]));
            if (isChecked)
                trainer.Check(SmallRuns.Data.Train, SmallRuns.Data.Test);
            trainer.Fit(SmallRuns.Data);
        }

        Assert.Equal(
            File.ReadAllBytes(folder["unchecked", "checkpoints", "last.safetensors"]),
            File.ReadAllBytes(folder["checked", "checkpoints", "last.safetensors"]));
    }

    [Fact]
    public void The_check_rejects_what_the_training_would()
    {
        using var model = SmallRuns.Model();
        var options = SmallRuns.Options(null) with { Objective = new() { KlWeight = WeightSchedule.Parse("linear:0:1:1000") } };

        var atCheck = Assert.Throws<SettingsException>(() => new Trainer(model, options).Check(SmallRuns.Data.Train, null));
        var atFit = Assert.Throws<SettingsException>(() => new Trainer(model, options).Fit(SmallRuns.Data.Train));

        Assert.Equal(atFit.Message, atCheck.Message);
    }
}
