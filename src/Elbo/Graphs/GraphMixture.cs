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

    // As the library draws: the first number of the noise chooses the component by the distribution function, and what it has left is the
    // first number of the draw within it. In float64: with a thousand components the digits of a float32 do not suffice.
    internal override GraphValue Sample(GraphValue noise)
    {
        var (count, latent) = (logWeights.Width, noise.Width);
        var uniform = noise.Columns(0, 1).To(GraphType.Double).NormalDistribution();
        var weights = logWeights.To(GraphType.Double).Softmax(0).Reshape(1, count);
        var ends = weights.RunningSum();
        var starts = ends - weights;
        // 1 for the component in which it lies, 0 for the others; the last one has no end.
        var isBeyond = ends.Columns(0, count - 1);
        isBeyond = (uniform - isBeyond).IsAtLeast(0).To(GraphType.Float);
        var one = uniform.To(GraphType.Float) * 0 + 1;
        var chosen = (count == 1 ? one : one.Beside(isBeyond)) - (count == 1 ? one * 0 : isBeyond.Beside(one * 0));
        var wide = chosen.To(GraphType.Double);
        var within = ((uniform - (wide * starts).Sum(keep: true)) / (wide * weights).Sum(keep: true)).Clip(1e-16, 1 - 1e-16);
        var first = within.NormalQuantile().To(GraphType.Float);
        var place = latent == 1 ? first : first.Beside(noise.Columns(1, latent - 1));
        return chosen.Product(means) + (chosen.Product(logVariances) * 0.5).Exp() * place;
    }

    internal override GraphValue LogDensity(GraphValue z)
    {
        var squares = ((z.Reshape(-1, 1, z.Width) - means) * (logVariances * -0.5).Exp()).Squared().Sum();
        var normalizers = (logVariances + LogTwoPi).Sum();
        return (logWeights - (squares + normalizers) * 0.5).LogSumExp();
    }

    internal override GraphValue LogDensityOfSample(GraphValue noise) => LogDensity(Sample(noise));

    private GraphValue Weights => logWeights.Exp().Reshape(logWeights.Width, 1);
}
