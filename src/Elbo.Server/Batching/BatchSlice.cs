namespace Elbo.Server;

/// <summary>A part of a job that is computed in one batch.</summary>
/// <param name="Job">The job.</param>
/// <param name="Start">The first example.</param>
/// <param name="Count">The number of examples.</param>
internal readonly record struct BatchSlice(ModelJob Job, int Start, int Count)
{
    /// <summary>The part of an input or a result that belongs to the slice.</summary>
    public Span<T> Of<T>(T[] numbers)
    {
        var width = numbers.Length / Job.Count;
        return numbers.AsSpan(Start * width, Count * width);
    }
}
