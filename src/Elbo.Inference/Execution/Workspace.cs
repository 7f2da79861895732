namespace Elbo.Inference;

/// <summary>The memory of one execution of a <see cref="Plan"/>, which is used again by the next.</summary>
internal sealed class Workspace(IReadOnlyList<Slot> slots)
{
    /// <summary>
    /// The numbers that every value has room for: a vector of the widest processors, below which the functions of .NET compute number by
    /// number, with other last bits.
    /// </summary>
    public const int MinLength = 16;

    private readonly Array[] _arrays = new Array[slots.Count];
    private int _rows;

    /// <summary>Makes room for a number of rows.</summary>
    public void Reserve(int rows)
    {
        if (rows <= _rows)
            return;
        for (var i = 0; i < slots.Count; i++)
        {
            var size = Math.Max(MinLength, slots[i].HasBatch ? checked(slots[i].RowSize * rows) : slots[i].RowSize);
            _arrays[i] = slots[i].IsDouble ? new double[size] : new float[size];
        }

        _rows = rows;
    }

    /// <summary>The numbers of a value, and more where they are fewer than <see cref="MinLength"/>; none for a constant.</summary>
    public Span<T> Whole<T>(Storage storage, int rows) => storage.Constant is null
        ? ((T[])_arrays[storage.Slot]).AsSpan(0, Math.Max(MinLength, storage.Count(rows)))
        : [];

    /// <summary>The numbers of a value for the rows of this execution.</summary>
    public Span<T> Of<T>(Storage storage, int rows) =>
        ((T[])(storage.Constant ?? _arrays[storage.Slot])).AsSpan(0, storage.Count(rows));
}

/// <summary>A part of the memory of an execution, which values have one after the other.</summary>
/// <param name="IsDouble">Whether its numbers are float64.</param>
/// <param name="HasBatch">Whether it has a row for each example.</param>
/// <param name="RowSize">The numbers of a row, or all of them.</param>
internal sealed record Slot(bool IsDouble, bool HasBatch, int RowSize);
