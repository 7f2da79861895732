using static TorchSharp.torch;

namespace Elbo;

/// <summary>N(mu, diag sigma²) over latent codes, one per example: the Gaussian posterior q(z|x,c) and the Gaussian priors.</summary>
public sealed class DiagonalGaussian : LatentDistribution
{
    /// <summary>Builds the distribution from its parameters.</summary>
    /// <param name="mean">mu, <c>[batch, latent]</c>.</param>
    /// <param name="logVariance">log sigma², in the shape of <paramref name="mean"/>; null for unit variance.</param>
    public DiagonalGaussian(Tensor mean, Tensor? logVariance = null) => (Mean, LogVariance) = (mean, logVariance);

    /// <inheritdoc/>
    public override Tensor Mean { get; }

    /// <summary>log sigma², <c>[batch, latent]</c>, or null where every variance is one.</summary>
    public Tensor? LogVariance { get; }

    /// <inheritdoc/>
    public override Tensor Variance => LogVariance is null ? ones_like(Mean) : LogVariance.exp();

    /// <summary>z = mu + sigma · epsilon.</summary>
    /// <inheritdoc/>
    public override Tensor Sample(Tensor noise) =>
        LogVariance is null ? Mean.Plus(noise) : addcmul(Mean, (LogVariance * Number(0.5)).exp(), noise, One);

    /// <summary>log N(z; mu, diag sigma²) = -½ Σ_j [ log 2π + log sigma_j² + (z_j - mu_j)² / sigma_j² ], in nats.</summary>
    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor z) => NormalDensity.Log(Standardize(z), LogVariance).sum(-1);

    // Standardising z would give the noise with a rounding error.
    /// <inheritdoc/>
    public override Tensor LogDensityOfSample(Tensor noise) => NormalDensity.Log(noise, LogVariance).sum(-1);

    /// <summary>
    /// epsilon = (z - mu) / sigma: the inverse of <see cref="Sample"/>, the coordinates in which this distribution is N(0, I).
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Standardize(Tensor z)
    {
        var offset = z - Mean;
        return LogVariance is null ? offset : offset * (LogVariance * Number(-0.5)).exp();
    }

    /// <summary>
    /// KL(q || p) of two diagonal Gaussians, per dimension: ½ [ exp(l) - 1 - l + (mu_q - mu_p)² / sigma_p² ] with l = log sigma_q² -
    /// log sigma_p², in nats; for p = N(0, I) it is ½ [ mu² + sigma² - 1 - log sigma² ] (Kingma and Welling 2014, appendix B). In this form
    /// no part is negative, and nothing cancels where q is close to p.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor? KullbackLeibler(LatentDistribution prior) =>
        prior is DiagonalGaussian gaussian ? KullbackLeibler(gaussian) : null;

    /// <inheritdoc cref="KullbackLeibler(LatentDistribution)"/>
    public Tensor KullbackLeibler(DiagonalGaussian prior)
    {
        ArgumentNullException.ThrowIfNull(prior);
        var relative = RelativeTo(prior);
        var spread = relative.LogVariance is null ? zeros_like(relative.Mean) : relative.LogVariance.ExpMinusOneMinusX();
        return relative.Mean.Squared().Plus(spread) * Number(0.5);
    }

    /// <summary>This distribution in the coordinates in which another is N(0, I).</summary>
    internal DiagonalGaussian RelativeTo(DiagonalGaussian other) => new(
        other.Standardize(Mean),
        other.LogVariance is null ? LogVariance : LogVariance is null ? -other.LogVariance : LogVariance - other.LogVariance);
}
