namespace Elbo.Cli;

/// <summary>
/// Finds out which claims are abandoned: those whose files do not change while this worker watches them. Only its own clock is read,
/// so that those of the machines need not agree.
/// </summary>
/// <param name="claims">The claims of the sweep.</param>
/// <param name="patience">How long a claim that does not change is respected.</param>
/// <param name="time">The clock; null for that of the system.</param>
internal sealed class ClaimWatch(SweepClaims claims, TimeSpan patience, TimeProvider? time = null)
{
    // While this worker trains or is itself stopped it sees nothing: such a gap counts for little of the silence.
    private const int LooksForSilence = 5;

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Dictionary<string, Sight> _sights = [];

    /// <summary>Looks at the latest claim of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="number">The number of the claim; 0 for none.</param>
    public ClaimSight Look(string task, int number)
    {
        if (number == 0)
            return new ClaimSight(ClaimState.Released, IsFree: true);
        var content = claims.ReadBytes(task, number);
        var state = SweepClaims.StateOf(content);
        if (state != ClaimState.Active)
            return new ClaimSight(state, IsFree: true);
        var now = _time.GetTimestamp();
        var silence = TimeSpan.Zero;
        if (_sights.TryGetValue(task, out var before) && before.Number == number && before.Content.AsSpan().SequenceEqual(content))
        {
            var (gap, most) = (_time.GetElapsedTime(before.At, now), patience / LooksForSilence);
            silence = before.Silence + (gap < most ? gap : most);
        }

        _sights[task] = new Sight(number, content, now, silence);
        return new ClaimSight(state, IsFree: silence >= patience);
    }

    private sealed record Sight(int Number, byte[] Content, long At, TimeSpan Silence);
}

/// <summary>How a claim is seen.</summary>
/// <param name="State">What its file says.</param>
/// <param name="IsFree">Whether the next claim of its task may be made: it has ended, or is abandoned.</param>
internal readonly record struct ClaimSight(ClaimState State, bool IsFree);
