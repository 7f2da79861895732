namespace Elbo.Tests;

public class TrainingLockTests
{
    [Fact]
    public void A_run_is_trained_by_one_at_a_time_and_the_other_changes_nothing()
    {
        using var folders = new TemporaryFolder();
        var folder = folders["run"];
        string? refusal = null;
        using (var model = SmallRuns.Model())
        {
            new Trainer(model, SmallRuns.Options(folder))
            {
                AtMoment = (moment, step) =>
                {
                    if (moment != TrainingMoment.Step || step != SmallRuns.StepsPerEpoch + 2)
                        return;
                    var before = Files(folder);
                    using var second = Run.Load(folder);
                    refusal = Assert.Throws<SettingsException>(() => second.Resume(SmallRuns.Data, epochs: 5)).Message;
                    Assert.Equal(before, Files(folder));
                },
            }.Fit(SmallRuns.Data);
        }

        Assert.Contains("right now", refusal, StringComparison.Ordinal);

        // The lock ends with the training, also with one that is refused or resumed.
        using var run = Run.Load(folder);
        Assert.Throws<SettingsException>(() => run.Resume(SmallRuns.Data, epochs: 1));
        Assert.Equal(RunState.Finished, run.Resume(SmallRuns.Data, epochs: 3).State);
        Assert.Equal(RunState.Finished, run.Resume(SmallRuns.Data, epochs: 4).State);
    }

    private static Dictionary<string, byte[]> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".lock", StringComparison.Ordinal))
            .ToDictionary(path => path, File.ReadAllBytes);
}
