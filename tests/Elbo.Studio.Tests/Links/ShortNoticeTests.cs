namespace Elbo.Studio.Tests;

public class ShortNoticeTests
{
    [Fact]
    public void A_notice_is_shown_for_its_time_and_then_reported_as_hidden()
    {
        var clock = new ManualClock();
        var hidden = 0;
        using var notice = new ShortNotice(clock, TimeSpan.FromSeconds(2), Count);
        Assert.False(notice.IsShown);
        notice.Show();
        clock.Advance(1.9);
        Assert.True(notice.IsShown);

        // Shown again, it stays for as long again.
        notice.Show();
        clock.Advance(1.9);
        Assert.True(notice.IsShown);
        Assert.Equal(0, hidden);
        clock.Advance(0.1);
        Assert.False(notice.IsShown);
        Assert.Equal(1, hidden);

        Task Count()
        {
            hidden++;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public void A_closed_page_leaves_no_timer_behind()
    {
        var clock = new ManualClock();
        var notice = new ShortNotice(clock, TimeSpan.FromSeconds(2), () => throw new InvalidOperationException("The page is closed."));
        notice.Show();
        Assert.Equal(1, clock.RunningCount);
        notice.Dispose();
        Assert.Equal(0, clock.RunningCount);
        clock.Advance(10);
        // A click that was on its way when the page was closed.
        notice.Show();
        Assert.Equal(0, clock.RunningCount);
    }

    /// <summary>A clock that the test moves.</summary>
    private sealed class ManualClock : TimeProvider
    {
        private readonly List<ManualTimer> _timers = [];
        private TimeSpan _now;

        public int RunningCount => _timers.Count(timer => timer.DueAt is not null);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new ManualTimer(this, callback, state);
            timer.Change(dueTime, period);
            _timers.Add(timer);
            return timer;
        }

        public void Advance(double seconds)
        {
            _now += TimeSpan.FromSeconds(seconds);
            foreach (var timer in _timers.Where(timer => timer.DueAt <= _now).ToArray())
                timer.Fire();
        }

        private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
        {
            private bool _isDisposed;

            public TimeSpan? DueAt { get; private set; }

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                if (!_isDisposed)
                    DueAt = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                return !_isDisposed;
            }

            public void Fire()
            {
                DueAt = null;
                callback(state);
            }

            public void Dispose() => (_isDisposed, DueAt) = (true, null);

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
