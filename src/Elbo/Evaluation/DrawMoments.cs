using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Mean and variance over any number of draws for each example of a batch, added a chunk at a time in float64. The tensors belong to the
/// dispose scope in which this is made.
/// </summary>
internal sealed class DrawMoments(long examples, Device device)
{
    private readonly Tensor _mean = zeros(examples, float64, device);
    private readonly Tensor _squares = zeros(examples, float64, device);
    private long _draws;

    /// <summary>Adds draws, <c>[draws, examples]</c>.</summary>
    public void Add(Tensor values)
    {
        using var scope = NewDisposeScope();
        var added = values.shape[0];
        var exact = values.to(float64);
        var mean = exact.mean([0]);
        // Combines two sets of draws (Chan, Golub and LeVeque 1983) without a difference of large sums.
        var offset = mean - _mean;
        _squares.add_((exact - mean).Squared().sum(dim: 0), One)
            .add_(offset.Squared() * Number((double)_draws * added / (_draws + added)), One);
        _mean.add_(offset * Number((double)added / (_draws + added)), One);
        _draws += added;
    }

    /// <summary>The mean over the draws, of each example.</summary>
    public Tensor Mean() => _mean;

    /// <summary>That mean as an estimate, with its variance over repetitions: not a number for a single draw.</summary>
    public ExampleEstimates Estimate() =>
        ExampleEstimates.Of(_mean, _squares / Number((double)_draws * (_draws - 1)), full_like(_mean, Number(_draws - 1.0)), null);
}
