using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The exponential average of a model's weights over the steps: average = d · average + (1 - d) · weight, with d = min(decay, (1 + t) / (10 + t))
/// at step t, so that the first weights are soon forgotten. It is flatter ground than any single step's weights (Polyak and Juditsky 1992).
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly double _decay;
    private readonly (string Name, Parameter Weight, Tensor Average)[] _slots;

    public WeightAverage(LatentVariableModel model, double decay)
    {
        _decay = decay;
        using var _ = no_grad();
        _slots = [.. model.named_parameters().Select(named =>
            (named.name, named.parameter, named.parameter.detach().clone().DetachFromDisposeScope()))];
    }

    /// <summary>The averages by name, for checkpoints.</summary>
    public IEnumerable<(string Name, Tensor Value)> State => _slots.Select(slot => (slot.Name, slot.Average));

    /// <summary>Takes the weights after a step into the average.</summary>
    /// <param name="stepsTaken">The number of steps taken, this one too.</param>
    public void Update(long stepsTaken)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var share = 1 - Math.Min(_decay, (1.0 + stepsTaken) / (10.0 + stepsTaken));
        foreach (var (_, weight, average) in _slots)
            average.lerp_(weight, share);
    }

    /// <summary>Puts the averages into the model, until what is answered is disposed: then the weights are back, whatever happened.</summary>
    public IDisposable PutIntoModel()
    {
        Exchange();
        return new Exchanged(this);
    }

    private void Exchange()
    {
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
