namespace Elbo.Studio.Tests;

public class RunJobsTests
{
    private static readonly TrainingForm Endless = new() { Preset = "vae", Latent = 2, Epochs = 1000, BatchSize = 8, Seed = 3 };

    [Fact]
    public async Task A_training_is_started_stopped_with_a_checkpoint_and_gone_on_with()
    {
        await using var sandbox = new TrainingSandbox();
        var (catalogue, jobs) = sandbox.Open();

        var id = await jobs.Start(Endless);
        var running = await TrainingSandbox.Wait(catalogue, id, run => run.Overview is { EpochsDone: >= 2 });
        Assert.Equal(RunStanding.Running, running.Standing);
        Assert.StartsWith("vae-2", running.Name, StringComparison.Ordinal);
        Assert.Equal(sandbox.Runs, Path.GetDirectoryName(running.Folder));
        Assert.Equal(1, running.Overview!.Configuration.Training.Threads);
        Assert.Equal(3ul, running.Overview.Configuration.Training.Seed);

        Assert.False(jobs.IsStopping(running));
        // The program takes a second signal as "at once", without a checkpoint: who presses twice shall not lose anything.
        jobs.Stop(id);
        jobs.Stop(id);
        Assert.True(jobs.IsStopping(running));
        var stopped = await TrainingSandbox.Wait(catalogue, id, run => run.ProcessId is null && run.Overview is { Record.State: not RunState.Running });
        Assert.Equal(RunStanding.Stopped, stopped.Standing);
        Assert.Equal(RunState.Interrupted, stopped.Overview!.Record.State);
        Assert.True(stopped.IsResumable);
        var done = stopped.Overview.EpochsDone;

        Assert.Equal(id, await jobs.Resume(id, done + 2));
        var finished = await TrainingSandbox.Wait(catalogue, id, run => run.Standing == RunStanding.Finished);
        Assert.Equal(done + 2, finished.Overview!.EpochsDone);
        Assert.Single(finished.Overview.Record.ResumedAt);
    }

    [Fact]
    public async Task The_next_studio_finds_a_training_that_goes_on_and_starts_no_second_beside_it()
    {
        await using var sandbox = new TrainingSandbox();
        var (_, first) = sandbox.Open();
        var id = await first.Start(Endless);
        first.Dispose();

        var (catalogue, next) = sandbox.Open();
        Assert.Equal(id, next.UnderWay?.Id);
        var refusal = await Assert.ThrowsAsync<ConfigurationException>(() => next.Start(Endless));
        Assert.Contains("one at a time", refusal.Message, StringComparison.Ordinal);
        Assert.Single(catalogue.Runs(again: true));

        next.Stop(id);
        await TrainingSandbox.Wait(catalogue, id, run => run.Standing == RunStanding.Stopped);
        Assert.Null(next.UnderWay);
    }

    [Fact]
    public async Task Where_the_only_root_is_a_run_a_training_begins_beside_it_and_is_listed_and_stopped()
    {
        await using var sandbox = new TrainingSandbox();
        var (catalogue, jobs) = sandbox.Open();
        var first = await TrainingSandbox.Wait(catalogue, await jobs.Start(Endless with { Epochs = 1 }), run => run.Standing == RunStanding.Finished);

        var alone = new RunCatalogue(new StudioOptions { Roots = [first.Folder] });
        using var more = new RunJobs(alone, sandbox.Program);
        var id = await more.Start(Endless);
        var second = await TrainingSandbox.Wait(alone, id, run => run.Standing == RunStanding.Running);
        Assert.Equal(sandbox.Runs, Path.GetDirectoryName(second.Folder));
        Assert.Equal(id, more.UnderWay?.Id);
        Assert.Equal(2, alone.Runs(again: true).Count);

        more.Stop(id);
        await TrainingSandbox.Wait(alone, id, run => run.Standing == RunStanding.Stopped);
    }

    [Fact]
    public async Task A_training_has_a_session_of_its_own_and_no_pipe_to_the_studio()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks at /proc");
        await using var sandbox = new TrainingSandbox();
        var (catalogue, jobs) = sandbox.Open();
        var run = await TrainingSandbox.Wait(catalogue, await jobs.Start(Endless), run => run.ProcessId is not null);

        var process = run.ProcessId!.Value;
        Assert.Equal(process, TrainingSandbox.SessionOf(process));
        Assert.NotEqual(process, TrainingSandbox.SessionOf(Environment.ProcessId));
        Assert.Equal("/dev/null", Target(0));
        Assert.Equal(Target(1), Target(2));
        Assert.True(File.Exists(Target(1)), Target(1));

        string Target(int descriptor) => new FileInfo($"/proc/{process}/fd/{descriptor}").LinkTarget!;
    }

    [Fact]
    public async Task A_run_whose_process_died_is_not_running_and_can_be_gone_on_with()
    {
        await using var sandbox = new TrainingSandbox();
        var (catalogue, jobs) = sandbox.Open();
        var id = await jobs.Start(Endless);
        var running = await TrainingSandbox.Wait(catalogue, id, run => run.Overview is { EpochsDone: >= 1 });

        TrainingSandbox.Crash(running.ProcessId!.Value);
        var died = await TrainingSandbox.Wait(catalogue, id, run => run.Standing != RunStanding.Running);
        Assert.Equal(RunState.Running, died.Overview!.Record.State);
        Assert.Equal(RunStanding.Stopped, died.Standing);
        Assert.Null(jobs.UnderWay);

        await jobs.Resume(id, died.Overview.EpochsDone + 1);
        await TrainingSandbox.Wait(catalogue, id, run => run.Standing == RunStanding.Finished);
    }

    [Fact]
    public async Task Settings_that_do_not_fit_each_other_are_refused_in_the_programs_words_and_leave_no_run()
    {
        await using var sandbox = new TrainingSandbox();
        var (catalogue, jobs) = sandbox.Open();

        var refusal = await Assert.ThrowsAsync<ConfigurationException>(() => jobs.Start(Endless with { Preset = "vae", Prior = "mean" }));
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("elbo:", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(sandbox.Runs, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("condition", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(catalogue.Runs(again: true));
    }

    [Fact]
    public async Task A_finished_run_is_not_gone_on_with_for_as_many_epochs_as_it_has()
    {
        await using var sandbox = new TrainingSandbox();
        var (catalogue, jobs) = sandbox.Open();
        var id = await jobs.Start(Endless with { Epochs = 1 });
        await TrainingSandbox.Wait(catalogue, id, run => run.Standing == RunStanding.Finished);

        var refusal = await Assert.ThrowsAsync<ConfigurationException>(() => jobs.Resume(id));
        Assert.Contains("ask for more", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(sandbox.Runs, refusal.Message, StringComparison.Ordinal);

        await jobs.Resume(id, 2);
        var finished = await TrainingSandbox.Wait(catalogue, id, run => run is { Standing: RunStanding.Finished, Overview.EpochsDone: 2 });
        Assert.Equal(2, finished.Overview!.Configuration.Training.Epochs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../secret")]
    [InlineData("/etc")]
    [InlineData("0123456789abcdef")]
    public async Task An_id_of_no_run_is_refused(string id)
    {
        await using var sandbox = new TrainingSandbox();
        var (_, jobs) = sandbox.Open();

        Assert.Throws<ConfigurationException>(() => jobs.Stop(id));
        await Assert.ThrowsAsync<ConfigurationException>(() => jobs.Resume(id));
    }
}
