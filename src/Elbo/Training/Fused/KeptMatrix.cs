using System.Numerics;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// A row-major matrix whose memory every step uses again: libtorch computes products on views of it, kernels read and write it in vectors.
/// A row begins at a whole vector, and what is behind its last column is never read as a value.
/// </summary>
internal sealed unsafe class KeptMatrix<T> : IDisposable
    where T : unmanaged, INumber<T>
{
    private readonly Tensor _memory;
    private readonly List<Tensor> _views = [];

    public KeptMatrix(int rows, int columns)
    {
        (Rows, Columns) = (rows, columns);
        Stride = (columns + Lanes - 1) / Lanes * Lanes;
        var type = typeof(T) == typeof(float) ? ScalarType.Float32 : ScalarType.Float64;
        // Kernels that take several vectors at a time read a few behind the last row.
        _memory = zeros((long)rows * Stride + 4 * Lanes, type, CPU).DetachFromDisposeScope();
        Data = HostMemory.AddressOf<T>(_memory);
        All = View(new(0, rows), new(0, columns));
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

    /// <summary>A part as a tensor that shares the memory, and lives as long as the matrix.</summary>
    public Tensor View(IndexRange rows, IndexRange columns) => Strided(
        [rows.Count, columns.Count], Stride, (long)rows.Start * Stride + columns.Start);

    /// <summary>The beginning of the memory as a contiguous matrix of another shape.</summary>
    public Tensor Reshaped(int rows, int columns) => Strided([rows, columns], columns, 0);

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
        foreach (var view in _views)
            view.Dispose();
        _memory.Dispose();
    }

    private Tensor Strided(long[] shape, long stride, long start)
    {
        var view = _memory.as_strided(shape, [stride, 1], start).DetachFromDisposeScope();
        _views.Add(view);
        return view;
    }
}
