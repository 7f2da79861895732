namespace Elbo;

/// <summary>Σ_k w_k N(mu_k, diag sigma_k²) in a computation graph.</summary>
/// <param name="means">mu_k, <c>[components, latent]</c>.</param>
/// <param name="logVariances">log sigma_k², in the same shape.</param>
/// <param name="logWeights">log w_k, <c>[components]</c>.</param>
public sealed class GraphMixture(GraphValue means, GraphValue logVariances, GraphValue logWeights) : GraphDistribution
{
    /// <summary>mu_k, <c>[components, latent]</c>.</summary>
    public GraphValue Means => means;

    /// <summary>log sigma_k², <c>[components, latent]</c>.</summary>
    public GraphValue LogVariances => logVariances;

    /// <summary>log w_k, <c>[components]</c>.</summary>
    public GraphValue LogWeights => logWeights;

    /// <inheritdoc/>
    public override GraphValue Mean => (Weights * means).Sum(axis: 0, keep: true);

    // The variance of a mixture: the mean of the variances and the variance of the means.
    /// <inheritdoc/>
    public override GraphValue LogVariance =>
        (Weights * (logVariances.Exp() + (means - Mean).Squared())).Sum(axis: 0, keep: true).Log();

    internal override string WithoutDraws =>
        "a draw from a mixture needs the distribution function of the normal distribution in float64, which ONNX Runtime does not have";

    internal override GraphValue Sample(GraphValue noise) => throw new InvalidOperationException(WithoutDraws);

    internal override GraphValue LogDensity(GraphValue z)
    {
        var squares = ((z.Reshape(-1, 1, z.Width) - means) * (logVariances * -0.5).Exp()).Squared().Sum();
        var normalizers = (logVariances + LogTwoPi).Sum();
        return (logWeights - (squares + normalizers) * 0.5).LogSumExp();
    }

    internal override GraphValue LogDensityOfSample(GraphValue noise) => throw new InvalidOperationException(WithoutDraws);

    private GraphValue Weights => logWeights.Exp().Reshape(logWeights.Width, 1);
}
