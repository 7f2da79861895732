namespace Elbo.ML.Columns;

/// <summary>Rows of one size, one behind the other in an array.</summary>
/// <param name="column">The column that they are read from.</param>
/// <param name="size">The numbers of a row.</param>
/// <param name="expected">How many rows there will be; null where that is not known.</param>
internal sealed class RowBuffer<T>(string column, int size, long? expected)
{
    private const int FirstRows = 1024;

    private T[] _values = new T[(int)Math.Min((expected ?? FirstRows) * size, Array.MaxLength)];

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Room for one more row.</summary>
    /// <exception cref="ArgumentException">An array does not hold so many.</exception>
    public Span<T> Next()
    {
        var start = (long)Count * size;
        if (start + size > Array.MaxLength)
            throw new ArgumentException($"The column '{column}' has more than {Array.MaxLength} numbers: train on fewer rows.");
        if (start + size > _values.Length)
            Array.Resize(ref _values, (int)Math.Min(Math.Max(2L * _values.Length, start + size), Array.MaxLength));
        Count++;
        return _values.AsSpan((int)start, size);
    }

    /// <summary>The rows.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public ReadOnlyMemory<T> ToMemory() => Count > 0
        ? _values.AsMemory(0, Count * size)
        : throw new ArgumentException($"The column '{column}' has no rows to train on.");
}
