namespace Elbo.Studio;

/// <summary>Whether a notice is shown, which it is for a short time. Disposed with its page, it leaves no timer behind.</summary>
internal sealed class ShortNotice : IDisposable
{
    private readonly ITimer _timer;
    private readonly TimeSpan _duration;
    private readonly Func<Task> _onHidden;
    private volatile bool _isShown;

    /// <param name="clock">The clock.</param>
    /// <param name="duration">How long the notice is shown.</param>
    /// <param name="onHidden">Called when it is no longer shown, on any thread.</param>
    public ShortNotice(TimeProvider clock, TimeSpan duration, Func<Task> onHidden)
    {
        (_duration, _onHidden) = (duration, onHidden);
        _timer = clock.CreateTimer(_ => Hide(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the notice is shown now.</summary>
    public bool IsShown => _isShown;

    /// <summary>Shows it; if it is already shown, for as long again.</summary>
    public void Show()
    {
        _isShown = true;
        // Returns false, and does nothing, if the page was closed in the meantime.
        _timer.Change(_duration, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    private void Hide()
    {
        _isShown = false;
        _ = _onHidden();
    }
}
