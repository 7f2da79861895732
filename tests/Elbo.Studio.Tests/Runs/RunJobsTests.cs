namespace Elbo.Studio.Tests;

public class RunJobsTests
{
    private static readonly TrainingForm LongTraining = new() { Preset = "vae", Latent = 2, Epochs = 1000, BatchSize = 8, Seed = 3 };

    [Fact]
    public async Task A_training_can_be_started_stopped_with_a_checkpoint_and_resumed()
    {
        await using var sandbox = new TrainingSandbox();
        var (catalogue, jobs) = sandbox.Open();

        var id = await jobs.Start(LongTraining);
        var running = await TrainingSandbox.Wait(catalogue, id, run => run.Overview is { EpochsDone: >= 2 });
        Assert.Equal(RunStatus.Running, running.Status);
        Assert.StartsWith("vae-2", running.Name, StringComparison.Ordinal);
        Assert.Equal(sandbox.Runs, Path.GetDirectoryName(running.Folder));
        Assert.Equal(1, running.Overview!.Configuration.Training.Threads);
        Assert.Equal(3ul, running.Overview.Configuration.Training.Seed);

        Assert.False(jobs.IsStopping(running));
        // A second signal would end the program without a checkpoint, so that clicking twice would lose progress.
        jobs.Stop(id);
        jobs.Stop(id);
        Assert.True(jobs.IsStopping(running));
        var stopped = await TrainingSandbox.Wait(
            catalogue, id, run => run.ProcessId is null && run.Overview is { Record.State: not RunState.Running });
        Assert.Equal(RunStatus.Stopped, stopped.Status);
        Assert.Equal(RunState.Interrupted, stopped.Overview!.Record.State);
        Assert.True(stopped.IsResumable);
        var done = stopped.Overview.EpochsDone;

        Assert.Equal(id, await jobs.Resume(id, done + 2));
        var finished = await TrainingSandbox.Wait(catalogue, id, run => run.Status == RunStatus.Finished);
        Assert.Equal(done + 2, finished.Overview!.EpochsDone);
        Assert.Single(finished.Overview.Record.ResumedAt);
    }

    [Fact]
    public async Task A_restarted_studio_finds_a_running_training_and_starts_no_second_one()
    {
        await using var sandbox = new TrainingSandbox();
        var (_, first) = sandbox.Open();
        var id = await first.Start(LongTraining);
        first.Dispose();

        var (catalogue, next) = sandbox.Open();
        Assert.Equal(id, next.Current?.Id);
        var refusal = await Assert.ThrowsAsync<SettingsException>(() => next.Start(LongTraining));
        Assert.Contains("one at a time", refusal.Message, StringComparison.Ordinal);
        Assert.Single(catalogue.Runs(refresh: true));

        next.Stop(id);
        await TrainingSandbox.Wait(catalogue, id, run => run.Status == RunStatus.Stopped);
        Assert.Null(next.Current);
    }

    [Fact]
    public async Task If_the_only_root_is_a_run_a_new_training_is_created_next_to_it_and_can_be_stopped()
    {
        await using var sandbox = new TrainingSandbox();
        var (catalogue, jobs) = sandbox.Open();
        var first = await TrainingSandbox.Wait(
            catalogue, await jobs.Start(LongTraining with { Epochs = 1 }), run => run.Status == RunStatus.Finished);

        var single = new RunCatalogue([first.Folder]);
        using var otherJobs = new RunJobs(single, new DataCatalogue([], single), sandbox.Program);
        var id = await otherJobs.Start(LongTraining);
        var second = await TrainingSandbox.Wait(single, id, run => run.Status == RunStatus.Running);
        Assert.Equal(sandbox.Runs, Path.GetDirectoryName(second.Folder));
        Assert.Equal(id, otherJobs.Current?.Id);
        Assert.Equal(2, single.Runs(refresh: true).Count);

        otherJobs.Stop(id);
        await TrainingSandbox.Wait(single, id, run => run.Status == RunStatus.Stopped);
    }

    [Fact]
    public async Task A_training_has_its_own_session_and_no_pipe_to_the_studio()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        await using var sandbox = new TrainingSandbox();
        var (catalogue, jobs) = sandbox.Open();
        var run = await TrainingSandbox.Wait(catalogue, await jobs.Start(LongTraining), run => run.ProcessId is not null);

        var process = run.ProcessId!.Value;
        Assert.Equal(process, TrainingSandbox.SessionOf(process));
        Assert.NotEqual(process, TrainingSandbox.SessionOf(Environment.ProcessId));
        Assert.Equal("/dev/null", Target(0));
        Assert.Equal(Target(1), Target(2));
        Assert.True(File.Exists(Target(1)), Target(1));

        string Target(int descriptor) => new FileInfo($"/proc/{process}/fd/{descriptor}").LinkTarget!;
    }

    [Fact]
    public async Task A_run_whose_process_was_killed_can_be_resumed()
    {
        await using var sandbox = new TrainingSandbox();
        var (catalogue, jobs) = sandbox.Open();
        var id = await jobs.Start(LongTraining);
        var running = await TrainingSandbox.Wait(catalogue, id, run => run.Overview is { EpochsDone: >= 1 });

        TrainingSandbox.Crash(running.ProcessId!.Value);
        var died = await TrainingSandbox.Wait(catalogue, id, run => run.Status != RunStatus.Running);
        Assert.Equal(RunState.Running, died.Overview!.Record.State);
        Assert.Equal(RunStatus.Stopped, died.Status);
        Assert.Null(jobs.Current);

        await jobs.Resume(id, died.Overview.EpochsDone + 1);
        await TrainingSandbox.Wait(catalogue, id, run => run.Status == RunStatus.Finished);
    }

    [Fact]
    public async Task Contradicting_settings_are_refused_with_the_message_of_the_program_and_create_no_run()
    {
        await using var sandbox = new TrainingSandbox();
        var (catalogue, jobs) = sandbox.Open();

        var refusal = await Assert.ThrowsAsync<SettingsException>(
            () => jobs.Start(LongTraining with { Preset = "vae", Prior = "mean" }));
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("elbo:", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(sandbox.Runs, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("condition", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(catalogue.Runs(refresh: true));
    }

    [Fact]
    public async Task A_finished_run_is_resumed_only_with_more_epochs()
    {
        await using var sandbox = new TrainingSandbox();
        var (catalogue, jobs) = sandbox.Open();
        var id = await jobs.Start(LongTraining with { Epochs = 1 });
        await TrainingSandbox.Wait(catalogue, id, run => run.Status == RunStatus.Finished);

        var refusal = await Assert.ThrowsAsync<SettingsException>(() => jobs.Resume(id));
        Assert.Contains("set a larger total", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(sandbox.Runs, refusal.Message, StringComparison.Ordinal);

        await jobs.Resume(id, 2);
        var finished = await TrainingSandbox.Wait(catalogue, id, run => run is { Status: RunStatus.Finished, Overview.EpochsDone: 2 });
        Assert.Equal(2, finished.Overview!.Configuration.Training.Epochs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../secret")]
    [InlineData("/etc")]
    [InlineData("0123456789abcdef")]
    public async Task An_unknown_id_is_refused(string id)
    {
        await using var sandbox = new TrainingSandbox();
        var (_, jobs) = sandbox.Open();

        Assert.Throws<SettingsException>(() => jobs.Stop(id));
        await Assert.ThrowsAsync<SettingsException>(() => jobs.Resume(id));
    }
}
