using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The total correlation of the average of q over a batch, in the prior's own coordinates u: KL(q(u) || Π_j q(u_j)) with
/// q(u) = 1/M Σ_m q(u|x_m,c_m), estimated at a draw u_i from the posterior of each example:
/// log q(u_i) - Σ_j log q(u_ij). It is the minibatch-weighted sampling of Chen et al. (2018) without the term (D - 1) log N of its constant,
/// N the size of the data, which has no gradient; like theirs it is biased, and falls as the batch grows.
/// </summary>
internal static class TotalCorrelation
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    // Densities of so many draws under all posteriors at once: what is in memory is this times the examples times the dimensions.
    private const long RowsAtOnce = 128;

    /// <summary>The estimate at a draw of each example, <c>[batch]</c>.</summary>
    /// <param name="posterior">The posteriors, in the prior's own coordinates.</param>
    /// <param name="epsilon">The noise of the draws, <c>[batch, latent]</c>.</param>
    public static Tensor Of(DiagonalGaussian posterior, Tensor epsilon)
    {
        var draws = posterior.Sample(epsilon);
        var examples = draws.shape[0];
        var parts = new List<Tensor>();
        for (long start = 0; start < examples; start += RowsAtOnce)
        {
            using var scope = NewDisposeScope();
            var logs = LogDensities(posterior, draws.narrow(0, start, Math.Min(RowsAtOnce, examples - start)));
            var joint = logs.sum(-1).logsumexp(1);
            var single = logs.logsumexp(1).sum(-1);
            // log 1/M once in the joint density, and once for each dimension in the product.
            parts.Add((joint - single).Plus((logs.shape[2] - 1) * Math.Log(examples)).MoveToOuterDisposeScope());
        }

        return cat(parts);
    }

    /// <summary>The gradient of the mean of the estimates with respect to means and log-variances, side by side.</summary>
    public static Tensor Gradient(DiagonalGaussian posterior, Tensor epsilon)
    {
        using var scope = NewDisposeScope();
        var draws = posterior.Sample(epsilon);
        var deviation = (posterior.LogVariance! * Number(0.5)).exp();
        var examples = draws.shape[0];
        var (toMean, toLogVariance) = (zeros_like(draws), zeros_like(draws));
        for (long start = 0; start < examples; start += RowsAtOnce)
        {
            using var inner = NewDisposeScope();
            var rows = Math.Min(RowsAtOnce, examples - start);
            var some = draws.narrow(0, start, rows);
            var logs = LogDensities(posterior, some);
            // Of a logarithm of a mean: the share of each of its members. l_imj is log q(u_ij|x_m).
            var toLogs = (logs.sum(-1).softmax(1).unsqueeze(-1) - logs.softmax(1)).div_(Number(examples));
            var standardized = (some.unsqueeze(1) - posterior.Mean) / deviation;
            // d l / d mean = δ / s, d l / d u = -δ / s, d l / d log s² = (δ² - 1) / 2, with δ = (u - mean) / s.
            var slope = toLogs * standardized;
            toLogVariance.add_((slope * standardized - toLogs).sum(dim: 0) * Number(0.5), One);
            slope.div_(deviation);
            toMean.add_(slope.sum(dim: 0), One);
            // By way of the draw itself, u = mean + s · epsilon.
            var toDraw = -slope.sum(1);
            toMean.narrow(0, start, rows).add_(toDraw, One);
            toLogVariance.narrow(0, start, rows).add_(
                toDraw * deviation.narrow(0, start, rows) * epsilon.narrow(0, start, rows) * Number(0.5), One);
        }

        return cat([toMean, toLogVariance], -1).MoveToOuterDisposeScope();
    }

    /// <summary>log q(u_ij|x_m) of rows of draws under every posterior, <c>[rows, examples, latent]</c>.</summary>
    private static Tensor LogDensities(DiagonalGaussian posterior, Tensor draws)
    {
        var offset = draws.unsqueeze(1) - posterior.Mean;
        return (offset.Squared() * (-posterior.LogVariance!).exp()).Plus(posterior.LogVariance!.Plus(LogTwoPi)) * Number(-0.5);
    }
}
