namespace Elbo.Tests;

public class FitAsyncTests
{
    private static TrainerOptions Endless(string? folder) => SmallRuns.Options(folder) with { Epochs = 100_000, SamplePages = false };

    [Fact]
    public async Task Epochs_are_followed_as_they_are_completed_and_the_result_is_that_of_a_training_on_this_thread()
    {
        using var model = SmallRuns.Model();
        using var here = SmallRuns.Model();
        var expected = new Trainer(here, SmallRuns.Options(null)).Fit(SmallRuns.Data);

        var training = new Trainer(model, SmallRuns.Options(null)).FitAsync(SmallRuns.Data);
        var epochs = new List<EpochReport>();
        await foreach (var epoch in training)
            epochs.Add(epoch);
        var result = await training;

        Assert.Equal([1, 2], epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(epochs, result.Epochs);
        Assert.Equal(expected.Epochs.Select(epoch => epoch.ValidationLoss), epochs.Select(epoch => epoch.ValidationLoss));
        Assert.Equal(expected.Test!.NegativeElbo, result.Test!.NegativeElbo);
        Assert.Same(result, await training.Result);
        Assert.Equal(here.Sample(2, seed: 1).Values.ToArray(), model.Sample(2, seed: 1).Values.ToArray());
        Assert.Throws<InvalidOperationException>(() => training.GetAsyncEnumerator());
    }

    [Fact]
    public async Task It_has_one_thread_of_its_own_and_the_model_is_used_meanwhile()
    {
        using var model = SmallRuns.Model();
        var threads = new HashSet<(int Id, bool IsPool)>();
        var progress = new SynchronousProgress(_ =>
            threads.Add((Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread)));

        var training = new Trainer(model, SmallRuns.Options(null)).FitAsync(SmallRuns.Data.Train, progress);
        await foreach (var epoch in training)
            Assert.Equal(SmallRuns.Data.Test.Count, model.Score(SmallRuns.Data.Test).Count);

        Assert.NotEqual((Environment.CurrentManagedThreadId, true), Assert.Single(threads));
        Assert.False(Assert.Single(threads).IsPool);
        Assert.Equal(RunState.Finished, (await training).State);
    }

    [Theory]
    [InlineData("leaving early")]
    [InlineData("the token of the call")]
    [InlineData("the token of the enumeration")]
    public async Task It_is_stopped_cleanly(string by)
    {
        using var folders = new TemporaryFolder();
        using var model = SmallRuns.Model();
        using var stop = new CancellationTokenSource();
        var training = new Trainer(model, Endless(folders["run"]))
            .FitAsync(SmallRuns.Data.Train, cancellationToken: by == "the token of the call" ? stop.Token : default);

        await foreach (var epoch in training.WithCancellation(by == "the token of the enumeration" ? stop.Token : default))
        {
            if (by == "leaving early")
                break;
            await stop.CancelAsync();
        }

        // The training is over: its result is there and the model is free.
        Assert.True(training.Result.IsCompletedSuccessfully);
        Assert.Equal(RunState.Interrupted, (await training).State);
        new Trainer(model, SmallRuns.Options(null)).Fit(SmallRuns.Data);
        using var run = Run.Load(folders["run"]);
        Assert.Equal(RunState.Interrupted, run.State);
        var done = (await training).Epochs.Count;
        Assert.Equal([done + 1, done + 2], run.Resume(SmallRuns.Data.Train, done + 2).Epochs.Select(epoch => epoch.Epoch));
    }

    [Fact]
    public async Task An_error_of_the_training_is_thrown_where_it_is_followed_and_where_it_is_awaited()
    {
        using var model = SmallRuns.Model();
        var trainer = new Trainer(model, SmallRuns.Options(null) with { LearningRate = 1e30 });

        var training = trainer.FitAsync(SmallRuns.Data);
        var followed = await Assert.ThrowsAsync<NotFiniteException>(async () =>
        {
            await foreach (var _ in training)
            {
            }
        });
        var awaited = await Assert.ThrowsAsync<NotFiniteException>(async () => await training);

        Assert.Same(followed, awaited);
        Assert.Equal("train", Assert.Throws<ArgumentNullException>(() => trainer.FitAsync((ExampleSet)null!)).ParamName);
        Assert.Equal("dataset", Assert.Throws<ArgumentNullException>(() => trainer.FitAsync((Dataset)null!)).ParamName);
    }

    [Fact]
    public async Task A_second_training_of_a_model_is_refused_and_the_first_goes_on()
    {
        using var model = SmallRuns.Model();
        var first = new Trainer(model, Endless(null)).FitAsync(SmallRuns.Data.Train);
        await foreach (var epoch in first)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await new Trainer(model).FitAsync(SmallRuns.Data.Train));
            break;
        }

        Assert.Equal(RunState.Interrupted, (await first).State);
    }
}
