using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The exponential average of a model's weights over the steps: average = d · average + (1 - d) · weight, with d = min(decay, (1 + t) /
/// (10 + t)) at step t, so that the influence of the initial weights decays quickly (Polyak and Juditsky 1992). Buffers, such as the
/// running means of a batch normalisation, are averaged as well, since they belong to the weights that they were gathered with; whole
/// numbers are taken as they are.
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly GenerativeModel _model;
    private readonly double _decay;
    private readonly (string Name, Tensor Weight, Tensor Average)[] _slots;

    public WeightAverage(GenerativeModel model, double decay)
    {
        (_model, _decay) = (model, decay);
        using var _ = no_grad();
        _slots = [.. model.NamedState().Select(named => (named.Name, named.Value, named.Value.detach().clone().DetachFromDisposeScope()))];
    }

    /// <summary>The averages by name, for checkpoints.</summary>
    public IEnumerable<(string Name, Tensor Value)> State => _slots.Select(slot => (slot.Name, slot.Average));

    /// <summary>Updates the average with the weights after a step.</summary>
    /// <param name="stepsTaken">The number of steps taken, this one too.</param>
    public void Update(long stepsTaken)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var share = 1 - Math.Min(_decay, (1.0 + stepsTaken) / (10.0 + stepsTaken));
        foreach (var (_, weight, average) in _slots)
        {
            if (weight.is_floating_point())
                average.lerp_(weight, share);
            else
                average.copy_(weight);
        }
    }

    /// <summary>Puts the averages into the model; disposing the returned object restores the weights.</summary>
    public IDisposable PutIntoModel()
    {
        Exchange();
        return new Exchanged(this);
    }

    private void Exchange()
    {
        using var change = _model.BeginChange();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (_, weight, average) in _slots)
        {
            var kept = weight.clone();
            weight.copy_(average);
            average.copy_(kept);
        }
    }

    public void Dispose()
    {
        foreach (var (_, _, average) in _slots)
            average.Dispose();
    }

    private sealed class Exchanged(WeightAverage average) : IDisposable
    {
        public void Dispose() => average.Exchange();
    }
}
