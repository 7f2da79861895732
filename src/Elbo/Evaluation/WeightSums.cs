using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The mean of the weights w_k of any number of draws for each example of a batch, from their logarithms, added a chunk at a time in
/// float64: memory does not grow with the draws. The tensors belong to the dispose scope in which this is made.
/// </summary>
internal sealed class WeightSums
{
    private readonly Tensor _max;
    private readonly Tensor _sum;
    private readonly Tensor _squares;
    private long _draws;

    public WeightSums(long examples, Device device)
    {
        _max = full(examples, Number(double.NegativeInfinity), float64, device);
        _sum = zeros(examples, float64, device);
        _squares = zeros(examples, float64, device);
    }

    /// <summary>Adds draws.</summary>
    /// <param name="logWeights">log w_k, <c>[draws, examples]</c>.</param>
    public void Add(Tensor logWeights)
    {
        using var scope = NewDisposeScope();
        var logs = logWeights.to(float64);
        // Sums are kept relative to the maximum weight so far, so that neither overflows.
        var max = maximum(_max, logs.amax([0]));
        var shrink = (_max - max).exp_();
        var weights = (logs - max).exp_();
        _sum.mul_(shrink).add_(weights.sum(dim: 0), One);
        _squares.mul_(shrink.Squared()).add_(weights.Squared().sum(dim: 0), One);
        _max.copy_(max);
        _draws += logWeights.shape[0];
    }

    /// <summary>log 1/K Σ_k w_k of each example.</summary>
    public Tensor LogMean() => (_sum / Number(_draws)).log_().add_(_max, One);

    /// <summary>(Σ_k w_k)² / Σ_k w_k² of each example: with weights w̃ that add up to one, 1 / Σ w̃².</summary>
    public Tensor EffectiveSampleSize() => _sum.Squared().div_(_squares);

    /// <summary>
    /// The variance of <see cref="LogMean"/> over repetitions, by the delta method: that of the weights divided by their mean, over K. It
    /// is not a number for a single draw.
    /// </summary>
    public Tensor Variance() => (Number(_draws) / EffectiveSampleSize()).sub_(One).clamp_min_(Number(0)).div_(Number(_draws - 1));
}
