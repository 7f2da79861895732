using System.Numerics;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// A row-major matrix whose memory every step uses again: products are computed on parts of it, kernels read and write it in vectors.
/// A row begins at a whole vector, and what is behind its last column is never read as a value.
/// </summary>
internal sealed unsafe class KeptMatrix<T> : IDisposable
    where T : unmanaged, INumber<T>
{
    private readonly Tensor _memory;

    public KeptMatrix(int rows, int columns)
    {
        (Rows, Columns) = (rows, columns);
        Stride = (columns + Lanes - 1) / Lanes * Lanes;
        var type = typeof(T) == typeof(float) ? ScalarType.Float32 : ScalarType.Float64;
        // Kernels that take several vectors at a time read a few behind the last row.
        _memory = zeros((long)rows * Stride + 4 * Lanes, type, CPU).DetachFromDisposeScope();
        Data = HostMemory.AddressOf<T>(_memory);
        All = Part(new(0, rows), new(0, columns)).ToTensor();
    }

    /// <summary>The numbers in a vector.</summary>
    public static int Lanes => Vector512<T>.Count;

    public int Rows { get; }

    public int Columns { get; }

    public int Stride { get; }

    /// <summary>All rows and columns as a tensor.</summary>
    public Tensor All { get; }

    public T* Data { get; }

    public T* Row(int row) => Data + (long)row * Stride;

    /// <summary>Some rows and columns.</summary>
    public MatrixPart<T> Part(IndexRange rows, IndexRange columns) =>
        new(_memory, (long)rows.Start * Stride + columns.Start, (rows.Count, columns.Count), (Stride, 1));

    /// <summary>The beginning of the memory as a contiguous matrix of another shape.</summary>
    public MatrixPart<T> Reshaped(int rows, int columns) => new(_memory, 0, (rows, columns), (columns, 1));

    /// <summary>The mean of each column, summed in float64.</summary>
    public double[] MeanOfColumns()
    {
        var sums = new double[Columns];
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
                sums[column] += double.CreateChecked(Row(row)[column]);
        }

        return Array.ConvertAll(sums, sum => sum / Rows);
    }

    public void Dispose()
    {
        All.Dispose();
        _memory.Dispose();
    }
}
