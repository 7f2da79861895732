using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The average of q over the data beside the prior, in the prior's own coordinates u = (z - mu_p(c)) / sigma_p(c): the mean m_j and the
/// variance v_j of each dimension, which are 0 and 1 where the codes of the data fill the prior, and one number for how far they are from
/// it, Σ_j ½ (m_j² + v_j - 1 - log v_j), the divergence of the Gaussian with these moments from N(0, I). What is drawn from the prior
/// then comes from where the decoder has learned. It sees moments only: zero does not say that the average is a Gaussian.
/// </summary>
/// <param name="Mean">m_j.</param>
/// <param name="Variance">v_j.</param>
public sealed record AggregatePosterior(IReadOnlyList<double> Mean, IReadOnlyList<double> Variance)
{
    /// <summary>How far the average of q is from the prior, in nats.</summary>
    public double Mismatch => Mean.Zip(Variance).Sum(pair => 0.5 * (pair.First * pair.First + pair.Second - 1 - Math.Log(pair.Second)));

    /// <summary>The average over all examples.</summary>
    /// <param name="coordinates">The posteriors of all examples.</param>
    /// <returns>The average.</returns>
    public static AggregatePosterior Of(PosteriorCoordinates coordinates) => Of(coordinates.Mean, coordinates.LogVariance);

    /// <summary>The average over the examples of each condition of a list.</summary>
    /// <param name="coordinates">The posteriors of all examples, with their conditions.</param>
    /// <param name="groups">The number of conditions.</param>
    /// <returns>The average for each condition; null for one without any example.</returns>
    public static IReadOnlyList<AggregatePosterior?> ByGroup(PosteriorCoordinates coordinates, int groups) =>
    [
        .. Enumerable.Range(0, groups).Select(group =>
        {
            using var scope = NewDisposeScope();
            var chosen = coordinates.Groups!.eq(Number(group)).nonzero().view(-1);
            return chosen.shape[0] == 0
                ? null
                : Of(coordinates.Mean.index_select(0, chosen), coordinates.LogVariance.index_select(0, chosen));
        }),
    ];

    private static AggregatePosterior Of(Tensor mean, Tensor logVariance)
    {
        using var scope = NewDisposeScope();
        var center = mean.mean([0]);
        // The variance of a mixture: the mean of the variances and the variance of the means.
        var variance = logVariance.exp().mean([0]).Plus((mean - center).Squared().mean([0]));
        return new AggregatePosterior(center.cpu().data<double>().ToArray(), variance.cpu().data<double>().ToArray());
    }
}
