using TorchSharp;

namespace Elbo.Studio.Tests;

public class ComputeThreadTests
{
    [Fact]
    public async Task Jobs_run_on_one_thread_in_the_order_of_submission()
    {
        using var compute = new ComputeThread();
        var order = new List<int>();
        var threads = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => compute.Run(() =>
        {
            order.Add(number);
            return Environment.CurrentManagedThreadId;
        })));

        Assert.Equal(Enumerable.Range(0, 50), order);
        Assert.Single(threads.Distinct());
        Assert.NotEqual(Environment.CurrentManagedThreadId, threads[0]);
    }

    [Fact]
    public async Task A_continuation_runs_on_another_thread()
    {
        using var compute = new ComputeThread();
        var isOnComputeThread = await Task.Run(async () =>
        {
            await compute.Run(() => 1);
            return compute.IsCurrent;
        });
        Assert.False(isOnComputeThread);
    }

    [Fact]
    public async Task Libtorch_uses_one_thread_there()
    {
        using var compute = new ComputeThread();
        Assert.Equal(1, await compute.Run(torch.get_num_threads));
    }

    [Fact]
    public async Task An_error_is_passed_to_the_caller_and_the_thread_continues()
    {
        using var compute = new ComputeThread();
        var failing = compute.Run<int>(() => throw new SettingsException("No."));
        var next = compute.Run(() => 2);
        Assert.Equal("No.", (await Assert.ThrowsAsync<SettingsException>(() => failing)).Message);
        Assert.Equal(2, await next);
    }

    [Fact]
    public async Task A_job_cancelled_while_queued_is_never_started()
    {
        using var compute = new ComputeThread();
        using var hold = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var first = compute.Run(hold.Wait);
        var wasStarted = false;
        var second = compute.Run(() => wasStarted = true, cancellation.Token);
        await cancellation.CancelAsync();
        hold.Set();
        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(wasStarted);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => compute.Run(() => 1, cancellation.Token));
    }

    [Fact]
    public async Task Disposing_waits_for_the_running_job_and_cancels_queued_jobs()
    {
        var compute = new ComputeThread();
        using var started = new ManualResetEventSlim();
        using var hold = new ManualResetEventSlim();
        var first = compute.Run(() =>
        {
            started.Set();
            hold.Wait();
            return 1;
        });
        var second = compute.Run(() => 2);
        started.Wait();
        var ending = Task.Run(compute.Dispose);
        while (!compute.IsStopping)
            await Task.Yield();
        Assert.False(ending.IsCompleted);
        hold.Set();
        await ending;
        Assert.Equal(1, await first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => compute.Run(() => 3));
        compute.Dispose();
    }

    [Fact]
    public async Task A_job_cannot_submit_another_job()
    {
        using var compute = new ComputeThread();
        await Assert.ThrowsAsync<InvalidOperationException>(() => compute.Run(() => compute.Run(() => 1)));
    }
}
