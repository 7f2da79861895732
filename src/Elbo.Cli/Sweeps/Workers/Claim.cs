namespace Elbo.Cli;

/// <summary>
/// A task that this worker has claimed. While it is held its file changes regularly, from a thread of its own, and
/// <see cref="Lost"/> is cancelled when another worker has taken the task over, as it does when this one was stopped for long.
/// </summary>
internal sealed class Claim : IDisposable
{
    private readonly SweepClaims _claims;
    private readonly CancellationTokenSource _lost = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly Thread _heart;
    private ClaimContent _content;

    private Claim(SweepClaims claims, string task, int number, ClaimContent content, TimeSpan interval)
    {
        (_claims, Task, Number, _content) = (claims, task, number, content);
        _heart = new Thread(() => Beat(interval)) { IsBackground = true, Name = "claim of a run" };
        _heart.Start();
    }

    public string Task { get; }

    public int Number { get; }

    /// <summary>Cancelled when another worker has taken the task over.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Whether another worker has taken the task over by now.</summary>
    public bool IsLost => _claims.Exists(Task, Number + 1);

    /// <summary>Claims a task.</summary>
    /// <param name="claims">The claims of the sweep.</param>
    /// <param name="task">The task.</param>
    /// <param name="number">The number after that of the latest claim.</param>
    /// <param name="interval">How often its file changes.</param>
    /// <returns>The claim; null if another worker was first.</returns>
    /// <exception cref="EnvironmentException">The folder of the claims cannot be written.</exception>
    public static Claim? TryTake(SweepClaims claims, string task, int number, TimeSpan interval)
    {
        var content = new ClaimContent(Environment.MachineName, Environment.ProcessId, 0, ClaimState.Active);
        return claims.TryCreate(task, number, content) ? new Claim(claims, task, number, content, interval) : null;
    }

    /// <summary>Ends the claim.</summary>
    public void End(ClaimState state)
    {
        if (_ended.IsSet)
            return;
        _ended.Set();
        _heart.Join();
        _content = _content with { Beat = _content.Beat + 1, State = state };
        _claims.TryChange(Task, Number, _content);
    }

    /// <summary>Releases the claim unless it has ended: whatever this worker failed at, another may go on at once.</summary>
    public void Dispose()
    {
        End(ClaimState.Released);
        _ended.Dispose();
        _lost.Dispose();
    }

    private void Beat(TimeSpan interval)
    {
        while (!_ended.Wait(interval))
        {
            if (IsLost)
            {
                _lost.Cancel();
                return;
            }

            _content = _content with { Beat = _content.Beat + 1 };
            _claims.TryChange(Task, Number, _content);
        }
    }
}
