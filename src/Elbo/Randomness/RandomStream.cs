namespace Elbo;

/// <summary>
/// Derives each stream of random numbers from (seed, purpose, epoch, step). Steps share no state, so the position in a run
/// determines every random state.
/// </summary>
internal static class RandomStream
{
    public static ulong Derive(ulong seed, RandomPurpose purpose, long epoch = 0, long step = 0)
    {
        var state = SplitMix64.First(seed);
        state = SplitMix64.First(state ^ (ulong)purpose);
        state = SplitMix64.First(state ^ (ulong)epoch);
        return SplitMix64.First(state ^ (ulong)step);
    }
}
