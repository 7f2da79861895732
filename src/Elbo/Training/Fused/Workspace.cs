using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Memory for the matrices of a step, reused at the next. Every step then works on the same few megabytes, which stay in the processor's
/// caches; new allocations would fragment the heap, because the C library reuses the gaps between aligned blocks poorly.
/// </summary>
internal sealed class Workspace : IDisposable
{
    private readonly Dictionary<(ScalarType Type, long Rows, long Columns), Pool> _pools = [];

    /// <summary>A matrix in the number type and on the device of another tensor; its content is undefined.</summary>
    public Tensor Take(Tensor like, long rows, long columns, ScalarType? type = null)
    {
        var key = (type ?? like.dtype, rows, columns);
        if (!_pools.TryGetValue(key, out var pool))
            _pools.Add(key, pool = new Pool());
        if (pool.Taken == pool.Matrices.Count)
            pool.Matrices.Add(empty(rows, columns, key.Item1, like.device).DetachFromDisposeScope());
        return pool.Matrices[pool.Taken++];
    }

    /// <summary>Ends a step: its matrices can be reused.</summary>
    public void Reset()
    {
        foreach (var pool in _pools.Values)
            pool.Taken = 0;
    }

    public void Dispose()
    {
        foreach (var matrix in _pools.Values.SelectMany(pool => pool.Matrices))
            matrix.Dispose();
    }

    private sealed class Pool
    {
        public List<Tensor> Matrices { get; } = [];

        public int Taken { get; set; }
    }
}
