namespace Elbo;

/// <summary>
/// The part of some things in a row that falls to one process: the parts of the processes follow each other in the order of their ranks,
/// and differ by one in size at most.
/// </summary>
/// <param name="Start">The position of the first.</param>
/// <param name="Count">How many; none where there are fewer than processes.</param>
/// <param name="Total">How many all processes have together.</param>
internal readonly record struct ProcessShare(int Start, int Count, int Total)
{
    /// <summary>The part of this process.</summary>
    public static ProcessShare Of(int total, IProcessGroup processes) => Of(total, processes.Rank, processes.Count);

    /// <summary>The part of a process.</summary>
    public static ProcessShare Of(int total, int rank, int count)
    {
        var start = (int)((long)total * rank / count);
        return new ProcessShare(start, (int)((long)total * (rank + 1) / count) - start, total);
    }
}
