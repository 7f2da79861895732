namespace Elbo.Studio;

/// <summary>The state of the runs view: the compared runs, and the epoch whose samples are shown.</summary>
/// <param name="Runs">The ids of the runs, <see cref="Max"/> at maximum, in the order of their selection.</param>
/// <param name="Epoch">The epoch; null for the last.</param>
internal sealed record RunsState(IReadOnlyList<string> Runs, int? Epoch)
{
    public const int Max = 4;
    private const int IdLength = 16;

    public static RunsState Parse(string? runs, string? epoch) => new(
        [.. (runs ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(id => id.Length == IdLength && id.All(char.IsAsciiHexDigitLower)).Distinct().Take(Max)],
        string.IsNullOrEmpty(epoch) ? null : Address.Integer(epoch, 1, 1, 1_000_000));

    public string ToAddress() => Address.Of("runs", ("run", Runs.Count > 0 ? string.Join(',', Runs) : null), ("epoch", Epoch));

    /// <summary>A copy with one run added or removed; above the maximum the first selected run is removed.</summary>
    public RunsState Toggle(string id) =>
        this with { Runs = Runs.Contains(id) ? [.. Runs.Where(other => other != id)] : [.. Runs.TakeLast(Max - 1), id], Epoch = null };

    // A record compares lists by reference.
    public bool Equals(RunsState? other) => other is not null && Epoch == other.Epoch && Runs.SequenceEqual(other.Runs);

    public override int GetHashCode() => HashCode.Combine(Epoch, Runs.Count);
}
