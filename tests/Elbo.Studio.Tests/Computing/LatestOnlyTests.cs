namespace Elbo.Studio.Tests;

public class LatestOnlyTests
{
    private readonly Dictionary<int, TaskCompletionSource<string>> _begun = [];
    private CancellationToken _token;
    private int _underWay;
    private int _maxConcurrent;

    [Fact]
    public async Task A_question_alone_is_answered()
    {
        using var latest = Create();
        var asked = latest.Ask(1);
        _begun[1].SetResult("one");
        Assert.Equal("one", await asked);
        var again = latest.Ask(2);
        await Begun(2);
        _begun[2].SetResult("two");
        Assert.Equal("two", await again);
    }

    [Fact]
    public async Task While_one_is_under_way_the_newest_waits_and_those_between_are_dropped()
    {
        using var latest = Create();
        var asked = Enumerable.Range(1, 5).Select(latest.Ask).ToArray();
        Assert.Null(await asked[1]);
        Assert.Null(await asked[2]);
        Assert.Null(await asked[3]);
        Assert.Equal([1], _begun.Keys);
        _begun[1].SetResult("one");
        Assert.Null(await asked[0]);
        await Begun(5);
        _begun[5].SetResult("five");
        Assert.Equal("five", await asked[4]);
        Assert.Equal([1, 5], _begun.Keys);
        Assert.Equal(1, _maxConcurrent);
    }

    [Fact]
    public async Task The_error_of_a_question_still_asked_is_thrown_and_the_next_one_is_answered()
    {
        using var latest = Create();
        var failing = latest.Ask(1);
        _begun[1].SetException(new ConfigurationException("No."));
        await Assert.ThrowsAsync<ConfigurationException>(() => failing);
        var next = latest.Ask(2);
        await Begun(2);
        _begun[2].SetResult("two");
        Assert.Equal("two", await next);
    }

    [Fact]
    public async Task The_error_of_a_question_overtaken_is_dropped_like_its_answer()
    {
        using var latest = Create();
        var failing = latest.Ask(1);
        var next = latest.Ask(2);
        _begun[1].SetException(new ConfigurationException("No."));
        Assert.Null(await failing);
        await Begun(2);
        _begun[2].SetResult("two");
        Assert.Equal("two", await next);
    }

    [Fact]
    public async Task A_page_that_is_left_gets_no_answer_and_cancels_what_is_under_way()
    {
        var latest = Create();
        var first = latest.Ask(1);
        var second = latest.Ask(2);
        latest.Dispose();
        Assert.True(_token.IsCancellationRequested);
        Assert.Null(await second);
        _begun[1].SetCanceled(_token);
        Assert.Null(await first);
        Assert.Null(await latest.Ask(3));
        Assert.Equal([1], _begun.Keys);
        latest.Dispose();
    }

    [Fact]
    public async Task Asked_from_many_threads_never_two_are_under_way_and_the_last_is_answered()
    {
        var underWay = 0;
        var max = 0;
        using var latest = new LatestOnly<int, string>(async (request, _) =>
        {
            max = Math.Max(max, Interlocked.Increment(ref underWay));
            await Task.Yield();
            Interlocked.Decrement(ref underWay);
            return $"{request}";
        });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (var request = 0; request < 200; request++)
                Assert.True(await latest.Ask(request) is null or { Length: > 0 });
        })));
        Assert.Equal(1, max);
        Assert.Equal("7", await latest.Ask(7));
    }

    private LatestOnly<int, string> Create() => new(async (request, token) =>
    {
        _token = token;
        _maxConcurrent = Math.Max(_maxConcurrent, ++_underWay);
        _begun.Add(request, new TaskCompletionSource<string>());
        try
        {
            return await _begun[request].Task;
        }
        finally
        {
            _underWay--;
        }
    });

    private async Task Begun(int request)
    {
        while (!_begun.ContainsKey(request))
            await Task.Yield();
    }
}
