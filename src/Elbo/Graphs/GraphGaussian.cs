namespace Elbo;

/// <summary>N(mu, diag sigma²) in a computation graph.</summary>
/// <param name="mean">mu, <c>[batch or 1, latent]</c>.</param>
/// <param name="logVariance">log sigma² in the same shape; null for unit variance.</param>
public sealed class GraphGaussian(GraphValue mean, GraphValue? logVariance = null) : GraphDistribution
{
    /// <inheritdoc/>
    public override GraphValue Mean => mean;

    /// <inheritdoc/>
    public override GraphValue LogVariance => logVariance ?? mean * 0;

    internal override GraphValue Sample(GraphValue noise) =>
        logVariance is null ? mean + noise : mean + (logVariance * 0.5).Exp() * noise;

    internal override GraphValue LogDensity(GraphValue z) => Density(Standardize(z));

    internal override GraphValue LogDensityOfSample(GraphValue noise) => Density(noise);

    internal override GraphValue? KullbackLeibler(GraphDistribution prior)
    {
        if (prior is not GraphGaussian other)
            return null;
        // ½ [ exp(l) - 1 - l + (mu_q - mu_p)² / sigma_p² ], l = log sigma_q² - log sigma_p².
        var offset = other.Standardize(mean).Squared();
        var relative = other.IsUnit ? logVariance : logVariance is null ? -other.LogVariance : logVariance - other.LogVariance;
        return ((relative is null ? offset : offset + (relative.Exp() - 1 - relative)) * 0.5).Sum();
    }

    private bool IsUnit => logVariance is null;

    private GraphValue Standardize(GraphValue z) => logVariance is null ? z - mean : (z - mean) * (logVariance * -0.5).Exp();

    private GraphValue Density(GraphValue standardized)
    {
        var squared = standardized.Squared() + LogTwoPi;
        return ((logVariance is null ? squared : squared + logVariance) * -0.5).Sum();
    }
}
