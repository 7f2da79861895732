namespace Elbo.Studio;

/// <summary>Which runs are seen side by side, and after which epoch their samples.</summary>
/// <param name="Runs">Ids, at most <see cref="Max"/>, in the order in which they were chosen.</param>
/// <param name="Epoch">The epoch; null for the last.</param>
internal sealed record RunsState(IReadOnlyList<string> Runs, int? Epoch)
{
    public const int Max = 4;
    private const int IdLength = 16;

    public static RunsState Parse(string? runs, string? epoch) => new(
        [.. (runs ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(id => id.Length == IdLength && id.All(char.IsAsciiHexDigitLower)).Distinct().Take(Max)],
        string.IsNullOrEmpty(epoch) ? null : Address.Whole(epoch, 1, 1, 1_000_000));

    public string ToAddress() => Address.Of("runs", ("run", Runs.Count > 0 ? string.Join(',', Runs) : null), ("epoch", Epoch));

    /// <summary>The same with a run shown or no longer shown; of too many the oldest choice goes.</summary>
    public RunsState Toggle(string id) =>
        this with { Runs = Runs.Contains(id) ? [.. Runs.Where(other => other != id)] : [.. Runs.TakeLast(Max - 1), id], Epoch = null };

    // A record compares lists by reference.
    public bool Equals(RunsState? other) => other is not null && Epoch == other.Epoch && Runs.SequenceEqual(other.Runs);

    public override int GetHashCode() => HashCode.Combine(Epoch, Runs.Count);
}
