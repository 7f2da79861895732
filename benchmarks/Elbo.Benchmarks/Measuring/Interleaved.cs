namespace Elbo.Benchmarks;

/// <summary>
/// Measures contenders in interleaved short slices, so that machine noise affects all of them equally. Ratios are computed within a round.
/// </summary>
internal static class Interleaved
{
    // The threads of the previous contender spin for a while before they sleep, those of OpenBLAS for 30 ms.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    /// <param name="contenders">The contenders.</param>
    /// <param name="repeats">The number of measured rounds, which follow a warm-up round.</param>
    /// <param name="shuffle">Whether to shuffle the order in each round, so that contenders do not always follow the same one.</param>
    public static IReadOnlyList<Measurement> Measure(IReadOnlyList<Contender> contenders, int repeats, bool shuffle = true)
    {
        var rounds = contenders.Select(_ => new List<double>()).ToArray();
        int[] order = [.. Enumerable.Range(0, contenders.Count)];
        var random = new Random(1);
        for (var round = 0; round <= repeats; round++)
        {
            foreach (var index in order)
            {
                Thread.Sleep(Pause);
                var cost = contenders[index].Slice();
                if (round > 0)
                    rounds[index].Add(cost);
            }

            if (shuffle)
                random.Shuffle(order);
            Console.Error.WriteLine($"  round {round} of {repeats}");
        }

        return [.. contenders.Select((contender, index) => new Measurement(contender.Name, rounds[index]))];
    }
}
