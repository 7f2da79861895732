namespace Elbo.Studio;

/// <summary>
/// Asks one question at a time while they come faster than they are answered: the newest waits for the one under way, those between are
/// dropped, and so is the answer to a question that has been overtaken.
/// </summary>
/// <typeparam name="TRequest">What is asked.</typeparam>
/// <typeparam name="TAnswer">What comes back.</typeparam>
/// <param name="answer">Answers; the token is cancelled when the page is left.</param>
internal sealed class LatestOnly<TRequest, TAnswer>(Func<TRequest, CancellationToken, Task<TAnswer>> answer) : IDisposable
    where TAnswer : class
{
    private readonly CancellationTokenSource _left = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource<bool>? _waiting;
    private long _newest;
    private bool _isUnderWay;

    /// <summary>The answer, or null where a newer question came before it or the page was left: there is nothing to show then.</summary>
    public async Task<TAnswer?> Ask(TRequest request)
    {
        var turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        long mine;
        lock (_gate)
        {
            if (_left.IsCancellationRequested)
                return null;
            mine = ++_newest;
            _waiting?.SetResult(false);
            _waiting = _isUnderWay ? turn : null;
            if (!_isUnderWay)
                turn.SetResult(true);
            _isUnderWay = true;
        }

        if (!await turn.Task)
            return null;
        try
        {
            var answered = await answer(request, _left.Token);
            return IsAsked(mine) ? answered : null;
        }
        catch (Exception) when (!IsAsked(mine))
        {
            // An error nobody waits for: the question that came instead has its own.
            return null;
        }
        finally
        {
            Next();
        }
    }

    /// <summary>The page is left: nothing more is asked or answered.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_left.IsCancellationRequested)
                return;
            _newest++;
            _waiting?.SetResult(false);
            _waiting = null;
        }

        // Outside the lock: what is under way may answer at once, and then asks for the lock.
        _left.Cancel();
    }

    private bool IsAsked(long question)
    {
        lock (_gate)
            return question == _newest;
    }

    private void Next()
    {
        lock (_gate)
        {
            _isUnderWay = _waiting is not null;
            _waiting?.SetResult(true);
            _waiting = null;
        }
    }
}
