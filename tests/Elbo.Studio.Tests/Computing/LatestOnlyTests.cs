namespace Elbo.Studio.Tests;

public class LatestOnlyTests
{
    private readonly Dictionary<int, TaskCompletionSource<string>> _started = [];
    private CancellationToken _token;
    private int _running;
    private int _maxConcurrent;

    [Fact]
    public async Task A_single_request_gets_its_response()
    {
        using var latest = Create();
        var responses = latest.Submit(1);
        _started[1].SetResult("one");
        Assert.Equal("one", await responses);
        var again = latest.Submit(2);
        await WaitForStart(2);
        _started[2].SetResult("two");
        Assert.Equal("two", await again);
    }

    [Fact]
    public async Task During_a_request_the_newest_one_waits_and_those_in_between_are_dropped()
    {
        using var latest = Create();
        var responses = Enumerable.Range(1, 5).Select(latest.Submit).ToArray();
        Assert.Null(await responses[1]);
        Assert.Null(await responses[2]);
        Assert.Null(await responses[3]);
        Assert.Equal([1], _started.Keys);
        _started[1].SetResult("one");
        Assert.Null(await responses[0]);
        await WaitForStart(5);
        _started[5].SetResult("five");
        Assert.Equal("five", await responses[4]);
        Assert.Equal([1, 5], _started.Keys);
        Assert.Equal(1, _maxConcurrent);
    }

    [Fact]
    public async Task The_error_of_the_newest_request_is_thrown_and_the_next_request_gets_its_response()
    {
        using var latest = Create();
        var failing = latest.Submit(1);
        _started[1].SetException(new SettingsException("No."));
        await Assert.ThrowsAsync<SettingsException>(() => failing);
        var next = latest.Submit(2);
        await WaitForStart(2);
        _started[2].SetResult("two");
        Assert.Equal("two", await next);
    }

    [Fact]
    public async Task The_error_of_a_superseded_request_is_discarded()
    {
        using var latest = Create();
        var failing = latest.Submit(1);
        var next = latest.Submit(2);
        _started[1].SetException(new SettingsException("No."));
        Assert.Null(await failing);
        await WaitForStart(2);
        _started[2].SetResult("two");
        Assert.Equal("two", await next);
    }

    [Fact]
    public async Task A_closed_page_gets_no_response_and_cancels_the_running_request()
    {
        var latest = Create();
        var first = latest.Submit(1);
        var second = latest.Submit(2);
        latest.Dispose();
        Assert.True(_token.IsCancellationRequested);
        Assert.Null(await second);
        _started[1].SetCanceled(_token);
        Assert.Null(await first);
        Assert.Null(await latest.Submit(3));
        Assert.Equal([1], _started.Keys);
        latest.Dispose();
    }

    [Fact]
    public async Task With_many_threads_only_one_request_runs_at_a_time_and_the_last_gets_its_response()
    {
        var running = 0;
        var max = 0;
        using var latest = new LatestOnly<int, string>(async (request, _) =>
        {
            max = Math.Max(max, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return $"{request}";
        });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (var request = 0; request < 200; request++)
                Assert.True(await latest.Submit(request) is null or { Length: > 0 });
        })));
        Assert.Equal(1, max);
        Assert.Equal("7", await latest.Submit(7));
    }

    private LatestOnly<int, string> Create() => new(async (request, token) =>
    {
        _token = token;
        _maxConcurrent = Math.Max(_maxConcurrent, ++_running);
        _started.Add(request, new TaskCompletionSource<string>());
        try
        {
            return await _started[request].Task;
        }
        finally
        {
            _running--;
        }
    });

    private async Task WaitForStart(int request)
    {
        while (!_started.ContainsKey(request))
            await Task.Yield();
    }
}
