namespace Elbo;

/// <summary>
/// The generator SplitMix64 of Steele, Lea and Flood (2014): it gives the same numbers on every machine and in every version, which no
/// generator of the runtime guarantees. For permutations and splits; models use <see cref="NoiseStream"/>.
/// </summary>
/// <param name="seed">The seed.</param>
internal sealed class SplitMix64(ulong seed)
{
    private const ulong Increment = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>The first output of a generator with a seed: a bijection of the seed in which every bit depends on all.</summary>
    public static ulong First(ulong seed) => Mix(seed + Increment);

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state += Increment;
        return Mix(_state);
    }

    /// <summary>A number from 0 below a bound, each with the same probability (Lemire 2019).</summary>
    public int NextBelow(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var range = (ulong)bound;
        // 2^64 is not a multiple of most bounds: draws whose low half is below the remainder would be biased, and are rejected.
        var remainder = (0 - range) % range;
        while (true)
        {
            var high = Math.BigMul(Next(), range, out var low);
            if (low >= remainder)
                return (int)high;
        }
    }

    /// <summary>The numbers 0 to count - 1 in a random order, every order with the same probability (Fisher and Yates).</summary>
    public int[] Permutation(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int[] order = [.. Enumerable.Range(0, count)];
        for (var i = count - 1; i > 0; i--)
        {
            var j = NextBelow(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private static ulong Mix(ulong mixed)
    {
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
