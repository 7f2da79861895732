using TorchSharp;

namespace Elbo.Studio.Tests;

public class ComputeThreadTests
{
    [Fact]
    public async Task All_work_runs_on_one_thread_and_in_the_order_it_was_asked_for()
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
    public async Task What_awaits_an_answer_goes_on_elsewhere()
    {
        using var compute = new ComputeThread();
        var goesOnThere = await Task.Run(async () =>
        {
            await compute.Run(() => 1);
            return compute.IsCurrent;
        });
        Assert.False(goesOnThere);
    }

    [Fact]
    public async Task Libtorch_computes_there_with_one_thread()
    {
        using var compute = new ComputeThread();
        Assert.Equal(1, await compute.Run(torch.get_num_threads));
    }

    [Fact]
    public async Task An_error_reaches_whoever_asked_and_the_thread_goes_on()
    {
        using var compute = new ComputeThread();
        var failing = compute.Run<int>(() => throw new ConfigurationException("No."));
        var next = compute.Run(() => 2);
        Assert.Equal("No.", (await Assert.ThrowsAsync<ConfigurationException>(() => failing)).Message);
        Assert.Equal(2, await next);
    }

    [Fact]
    public async Task Work_cancelled_before_its_turn_is_never_begun()
    {
        using var compute = new ComputeThread();
        using var hold = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var first = compute.Run(hold.Wait);
        var wasBegun = false;
        var second = compute.Run(() => wasBegun = true, cancellation.Token);
        await cancellation.CancelAsync();
        hold.Set();
        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(wasBegun);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => compute.Run(() => 1, cancellation.Token));
    }

    [Fact]
    public async Task Its_end_waits_for_the_work_under_way_and_cancels_the_rest()
    {
        var compute = new ComputeThread();
        using var begun = new ManualResetEventSlim();
        using var hold = new ManualResetEventSlim();
        var first = compute.Run(() =>
        {
            begun.Set();
            hold.Wait();
            return 1;
        });
        var second = compute.Run(() => 2);
        begun.Wait();
        var ending = Task.Run(compute.Dispose);
        while (!compute.IsEnding)
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
    public async Task It_cannot_be_asked_for_work_by_its_own_work()
    {
        using var compute = new ComputeThread();
        await Assert.ThrowsAsync<InvalidOperationException>(() => compute.Run(() => compute.Run(() => 1)));
    }
}
