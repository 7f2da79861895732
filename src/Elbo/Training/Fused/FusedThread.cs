using System.Numerics;

namespace Elbo;

/// <summary>One of the threads that share a step.</summary>
/// <param name="team">All of them.</param>
/// <param name="index">Its number.</param>
/// <param name="scratch">Memory for a gradient of weights.</param>
internal sealed class FusedThread<T>(ThreadTeam team, int index, KeptMatrix<T> scratch) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<(FusedLayer<T> Layer, AdamRule<T> Rule)> _waiting = [];

    public int Index => index;

    public KeptMatrix<T> Scratch => scratch;

    /// <summary>What the thread has of a number of rows or columns.</summary>
    public IndexRange ShareOf(int count, int unit) => team.Share(index, count, unit);

    /// <summary>Waits until every thread has come here, and computes what had to wait for that.</summary>
    public void Meet()
    {
        team.Sync();
        foreach (var (layer, rule) in _waiting)
            layer.BackwardToWeights(this, rule);
        _waiting.Clear();
    }

    /// <summary>Computes the gradient of a layer's weights after the threads have met.</summary>
    public void Defer(FusedLayer<T> layer, in AdamRule<T> rule) => _waiting.Add((layer, rule));

    public void Dispose() => scratch.Dispose();
}
