using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Memory for the matrices of a step, reused at the next. Every step then works on the same few megabytes, which stay in the processor's
/// caches; new allocations would fragment the heap, because the C library reuses the gaps between aligned blocks poorly.
/// </summary>
internal sealed class Workspace : IDisposable
{
    private readonly Dictionary<(ScalarType Type, long Rows, long Columns), List<Tensor>> _matrices = [];
    private readonly Dictionary<(ScalarType Type, long Rows, long Columns), int> _taken = [];

    /// <summary>A matrix in the number type and on the device of another tensor; its content is undefined.</summary>
    public Tensor Take(Tensor like, long rows, long columns)
    {
        var key = (like.dtype, rows, columns);
        if (!_matrices.TryGetValue(key, out var matrices))
            _matrices.Add(key, matrices = []);
        var taken = _taken.GetValueOrDefault(key);
        _taken[key] = taken + 1;
        if (taken == matrices.Count)
            matrices.Add(empty(rows, columns, like.dtype, like.device).DetachFromDisposeScope());
        return matrices[taken];
    }

    /// <summary>Ends a step: its matrices can be reused.</summary>
    public void Reset() => _taken.Clear();

    public void Dispose()
    {
        foreach (var matrix in _matrices.Values.SelectMany(matrices => matrices))
            matrix.Dispose();
    }
}
