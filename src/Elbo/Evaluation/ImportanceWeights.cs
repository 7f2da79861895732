using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The weights w_k of K draws for each example of a batch, kept as logarithms in float64. The tensor belongs to the dispose scope in which
/// this is made.
/// </summary>
internal sealed class ImportanceWeights(long draws, long examples, Device device)
{
    /// <summary>Where one draw has all the weight.</summary>
    private const double MinDegreesOfFreedom = 1.5;

    private readonly Tensor _logWeights = empty([draws, examples], float64, device);
    private long _added;

    /// <summary>Adds the next draws; an estimate is for all K.</summary>
    /// <param name="logWeights">log w_k, <c>[draws, examples]</c>.</param>
    public void Add(Tensor logWeights)
    {
        using var next = _logWeights.narrow(0, _added, logWeights.shape[0]);
        next.copy_(logWeights);
        _added += logWeights.shape[0];
    }

    /// <summary>
    /// -log 1/K Σ_k w_k of each example. Its variance is the jackknife's (Efron 1982), (K-1)/K Σ_k p_k², where p_k is the estimate without
    /// draw k, less the mean of these K. On average that is the variance over repetitions or a little more, however uneven the weights are
    /// (Efron and Stein 1981). Its degrees of freedom are half of (Σ_k p_k²)² / Σ_k p_k⁴, and 1.5 at least (docs/decisions/0009).
    /// </summary>
    public ExampleEstimates Estimate()
    {
        using var scope = NewDisposeScope();
        var (highest, heaviest) = _logWeights.max(0, keepdim: true);
        // Relative to the highest weight, so that the sum does not overflow.
        var logs = _logWeights - highest;
        var weights = logs.exp();
        var sum = weights.sum(0, keepdim: true);
        // Without draw k log Σ w changes by log(1 - w̃_k); for the heaviest draw 1 - w̃_k is lost to rounding, and the others are summed.
        var others = logs.scatter(0, heaviest, full_like(highest, Number(double.NegativeInfinity))).logsumexp(0, keepdim: true);
        var change = (weights / sum).neg_().log1p_().scatter_(0, heaviest, others - sum.log());
        var squares = (change - change.mean([0], keepdim: true)).Squared();
        var total = squares.sum(dim: 0);
        // Weights that are all the same have no fourth powers to divide by.
        var contributions = total.Squared() / squares.Squared().sum(dim: 0).clamp_min_(Number(1e-300));
        return ExampleEstimates.Of(
            (sum / Number(draws)).log_().add_(highest, One).neg_(),
            total * Number((draws - 1.0) / draws),
            (contributions * Number(0.5)).clamp_min_(Number(MinDegreesOfFreedom)),
            sum.Squared() / weights.Squared().sum(0, keepdim: true));
    }
}
