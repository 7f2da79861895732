namespace Elbo.Studio;

/// <summary>
/// Runs one request at a time when requests arrive faster than they are processed: the newest request waits for the running one, requests
/// in between are dropped, and the response to a superseded request is discarded.
/// </summary>
/// <typeparam name="TRequest">The type of the requests.</typeparam>
/// <typeparam name="TResponse">The type of the responses.</typeparam>
/// <param name="process">Processes a request; the token is cancelled when the page is closed.</param>
internal sealed class LatestOnly<TRequest, TResponse>(Func<TRequest, CancellationToken, Task<TResponse>> process) : IDisposable
    where TResponse : class
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource<bool>? _pending;
    private long _newest;
    private bool _isRunning;

    /// <summary>
    /// Returns the response, or null if the request was superseded by a newer one or the page was closed; nothing is shown then.
    /// </summary>
    public async Task<TResponse?> Submit(TRequest request)
    {
        var turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        long number;
        lock (_gate)
        {
            if (_disposed.IsCancellationRequested)
                return null;
            number = ++_newest;
            _pending?.SetResult(false);
            _pending = _isRunning ? turn : null;
            if (!_isRunning)
                turn.SetResult(true);
            _isRunning = true;
        }

        if (!await turn.Task)
            return null;
        try
        {
            var response = await process(request, _disposed.Token);
            return IsNewest(number) ? response : null;
        }
        catch (Exception) when (!IsNewest(number))
        {
            // An error of a superseded request is discarded; a newer request reports its own errors.
            return null;
        }
        finally
        {
            StartPending();
        }
    }

    /// <summary>Called when the page is closed: no further request is processed, and no response is returned.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed.IsCancellationRequested)
                return;
            _newest++;
            _pending?.SetResult(false);
            _pending = null;
        }

        // Outside the lock: the running request may complete synchronously, and its continuation takes the lock.
        _disposed.Cancel();
    }

    private bool IsNewest(long number)
    {
        lock (_gate)
            return number == _newest;
    }

    private void StartPending()
    {
        lock (_gate)
        {
            _isRunning = _pending is not null;
            _pending?.SetResult(true);
            _pending = null;
        }
    }
}
