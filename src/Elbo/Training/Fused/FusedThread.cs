using System.Numerics;

namespace Elbo;

/// <summary>One of the threads that share a step.</summary>
/// <param name="team">All of them.</param>
/// <param name="index">Its number.</param>
/// <param name="scratchNumbers">How many numbers of a gradient of weights it computes at a time.</param>
internal sealed class FusedThread<T>(ThreadTeam team, int index, int scratchNumbers) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<(FusedLayer<T> Layer, AdamRule<T> Rule)> _waiting = [];

    public int Index => index;

    /// <summary>Memory for a gradient of weights.</summary>
    public KeptMatrix<T> Scratch { get; } = new(1, scratchNumbers);

    /// <summary>Memory for a product.</summary>
    public KeptMatrix<T> Panel { get; } = new(1, VectorProduct<T>.PanelNumbers);

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

    public void Dispose()
    {
        Scratch.Dispose();
        Panel.Dispose();
    }
}
