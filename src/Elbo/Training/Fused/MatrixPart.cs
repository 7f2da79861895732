using static TorchSharp.torch;

namespace Elbo;

/// <summary>Rows and columns of a matrix in host memory, or their transpose; the memory belongs to others.</summary>
/// <typeparam name="T">The number type.</typeparam>
internal readonly unsafe struct MatrixPart<T>
    where T : unmanaged
{
    private readonly Tensor _memory;
    private readonly long _start;

    /// <param name="memory">A contiguous tensor.</param>
    /// <param name="start">The index of the first number in it.</param>
    /// <param name="size">The numbers of rows and columns.</param>
    /// <param name="strides">From a row to the next, and from a column to the next.</param>
    public MatrixPart(Tensor memory, long start, (int Rows, int Columns) size, (long Row, long Column) strides)
    {
        (_memory, _start, (Rows, Columns), (RowStride, ColumnStride)) = (memory, start, size, strides);
        Data = HostMemory.AddressOf<T>(memory) + start;
    }

    public T* Data { get; }

    public int Rows { get; }

    public int Columns { get; }

    public long RowStride { get; }

    public long ColumnStride { get; }

    public MatrixPart<T> Transposed => new(_memory, _start, (Columns, Rows), (ColumnStride, RowStride));

    /// <summary>A tensor that shares the memory, the caller's to dispose.</summary>
    public Tensor ToTensor() => _memory
        .as_strided([Rows, Columns], [RowStride, ColumnStride], _memory.storage_offset() + _start)
        .DetachFromDisposeScope();
}
