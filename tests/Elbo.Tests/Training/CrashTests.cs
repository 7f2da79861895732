using System.Diagnostics;

namespace Elbo.Tests;

public class CrashTests
{
    [Theory]
    [InlineData(nameof(TrainingMoment.Step), SmallRuns.StepsPerEpoch + 6)]
    [InlineData(nameof(TrainingMoment.CheckpointWrite), SmallRuns.StepsPerEpoch + 3)]
    [InlineData(nameof(TrainingMoment.CheckpointWrite), SmallRuns.StepsPerEpoch)]
    [InlineData(nameof(TrainingMoment.Evaluation), 1)]
    [InlineData(nameof(TrainingMoment.Evaluation), 2)]
    public async Task A_run_killed_without_warning_and_resumed_is_the_run_that_was_not(string moment, int atLeast)
    {
        using var folders = new TemporaryFolder();
        var (whole, killed) = (folders["whole"], folders["killed"]);
        using (var model = SmallRuns.Model())
            new Trainer(model, SmallRuns.Options(whole) with { CheckpointEvery = SmallRuns.CheckpointEvery }).Fit(SmallRuns.Data);

        var program = Path.Combine(AppContext.BaseDirectory, "Elbo.CrashingRun.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, killed, moment, atLeast.ToString()])
        {
            RedirectStandardError = true,
        })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(0, process.ExitCode);
        Assert.Equal("", await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal(RunState.Running, RunDirectory.Open(killed).ReadRecord().State);

        using (var run = Run.Load(killed))
            Assert.Equal(RunState.Finished, run.Resume(SmallRuns.Data).State);

        TrainerTests.AssertSameOutcome(whole, killed);
        Assert.Equal(Pictures(whole), Pictures(killed));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(killed, "checkpoints"), ".*"));

        static IEnumerable<byte[]> Pictures(string folder) =>
            Directory.EnumerateFiles(Path.Combine(folder, "samples")).Order().Select(File.ReadAllBytes);
    }

    [Fact]
    public async Task A_run_killed_in_its_first_epoch_goes_on_from_the_previous_checkpoint_where_the_last_is_damaged()
    {
        using var folders = new TemporaryFolder();
        var (whole, killed) = (folders["whole"], folders["killed"]);
        using (var model = SmallRuns.Model())
            new Trainer(model, SmallRuns.Options(whole) with { CheckpointEvery = SmallRuns.CheckpointEvery }).Fit(SmallRuns.Data);
        var program = Path.Combine(AppContext.BaseDirectory, "Elbo.CrashingRun.dll");
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [program, killed, nameof(TrainingMoment.Step), $"{SmallRuns.CheckpointEvery + 1}"]))!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var last = RunDirectory.Open(killed).CheckpointPath(CheckpointKind.Last);
        File.WriteAllBytes(last, File.ReadAllBytes(last)[..^9]);

        Assert.StartsWith(last, Assert.Throws<InputException>(() => Run.Load(killed)).Message, StringComparison.Ordinal);
        using (var run = Run.Load(killed, weights: CheckpointKind.Previous))
            run.Resume(SmallRuns.Data, from: CheckpointKind.Previous);

        TrainerTests.AssertSameOutcome(whole, killed);
    }

    [Fact]
    public async Task A_run_killed_before_its_first_checkpoint_is_not_there()
    {
        using var folders = new TemporaryFolder();
        var program = Path.Combine(AppContext.BaseDirectory, "Elbo.CrashingRun.dll");
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [program, folders["run"], nameof(TrainingMoment.CheckpointWrite), "0"]))!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.NotEqual(0, process.ExitCode);
        Assert.False(Directory.Exists(folders["run"]));
        var left = Assert.Single(Directory.GetDirectories(folders.Path));
        Directory.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(-1));
        using var model = SmallRuns.Model();
        new Trainer(model, SmallRuns.Options(folders["run"])).Fit(SmallRuns.Data);
        Assert.Equal(folders["run"], Assert.Single(Directory.GetFileSystemEntries(folders.Path)));
    }

    [Fact]
    public void A_run_whose_folder_is_removed_while_it_is_trained_ends_with_a_sentence()
    {
        using var folders = new TemporaryFolder();
        var removed = false;
        using var model = SmallRuns.Model();
        var refused = Assert.Throws<EnvironmentException>(() => new Trainer(model, SmallRuns.Options(folders["run"]))
        {
            AtMoment = (moment, _) =>
            {
                if (moment != TrainingMoment.Step || removed)
                    return;
                removed = true;
                Directory.Delete(folders["run"], recursive: true);
            },
        }.Fit(SmallRuns.Data));

        Assert.Contains("its folder no longer exists", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folders.Path));
    }
}
