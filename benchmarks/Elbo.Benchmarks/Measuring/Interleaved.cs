namespace Elbo.Benchmarks;

/// <summary>
/// Lets contenders work in turn, in short slices, so that all of them meet the same noise of the machine. Ratios are then taken within a
/// round.
/// </summary>
internal static class Interleaved
{
    // Threads of a contender that has just finished spin for a while before they sleep, OpenBLAS's for 30 ms.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    /// <param name="contenders">The contenders.</param>
    /// <param name="repeats">The rounds that count; one more comes first, as the warm-up.</param>
    /// <param name="shuffle">Whether each round has an order of its own, so that nobody always follows the same neighbour.</param>
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
