using static TorchSharp.torch;

namespace Elbo;

/// <summary>A copy of a model's weights (and buffers) in memory: the best so far, restored at the end of the training.</summary>
internal sealed class WeightSnapshot : IDisposable
{
    private List<(Tensor Weight, Tensor Copy)> _copies = [];

    public bool IsTaken => _copies.Count > 0;

    public void Take(GenerativeModel model)
    {
        using var _ = no_grad();
        if (!IsTaken)
        {
            _copies = [.. model.NamedState().Select(named =>
                (named.Value, named.Value.detach().clone().DetachFromDisposeScope()))];
            return;
        }

        foreach (var (weight, copy) in _copies)
            copy.copy_(weight);
    }

    public void Restore()
    {
        using var _ = no_grad();
        foreach (var (weight, copy) in _copies)
            weight.copy_(copy);
    }

    public void Dispose()
    {
        foreach (var (_, copy) in _copies)
            copy.Dispose();
        _copies = [];
    }
}
