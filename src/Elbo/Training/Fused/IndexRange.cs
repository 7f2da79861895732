namespace Elbo;

/// <summary>Consecutive rows or columns of a matrix.</summary>
/// <param name="Start">The first.</param>
/// <param name="Count">How many.</param>
internal readonly record struct IndexRange(int Start, int Count)
{
    /// <summary>The one after the last.</summary>
    public int End => Start + Count;

    /// <summary>The same of something of which each has several.</summary>
    public static IndexRange operator *(IndexRange share, int factor) => new(share.Start * factor, share.Count * factor);
}
