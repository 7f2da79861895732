namespace Elbo;

/// <summary>
/// Derives each stream of random numbers from (seed, purpose, epoch, step). Steps share no state, so the position in a run
/// determines every random state.
/// </summary>
internal static class RandomStream
{
    public static ulong Derive(ulong seed, RandomPurpose purpose, long epoch = 0, long step = 0)
    {
        var state = Mix(seed);
        state = Mix(state ^ (ulong)purpose);
        state = Mix(state ^ (ulong)epoch);
        return Mix(state ^ (ulong)step);
    }

    // The first output of SplitMix64: a bijection of the seed in which every bit depends on all.
    private static ulong Mix(ulong value) => new SplitMix64(value).Next();
}
