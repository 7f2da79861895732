using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The normal distribution N(mu, diag sigma²) over latent codes, one per example: the encoder's posterior q(z|x,c) and the Gaussian priors.
/// </summary>
public sealed class DiagonalGaussian : LatentDistribution
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);
    private Tensor? _deviation;

    /// <summary>Builds the distribution from its parameters.</summary>
    /// <param name="mean">mu, <c>[batch, latent]</c>.</param>
    /// <param name="logVariance">log sigma², in the shape of <paramref name="mean"/>; null stands for unit variance.</param>
    public DiagonalGaussian(Tensor mean, Tensor? logVariance = null)
        : base(mean) => LogVariance = logVariance;

    /// <summary>log sigma², <c>[batch, latent]</c>, or null where every variance is one.</summary>
    public Tensor? LogVariance { get; }

    /// <summary>z = mu + sigma · epsilon.</summary>
    /// <inheritdoc/>
    public override Tensor Sample(Tensor epsilon) =>
        LogVariance is null ? Mean.Plus(epsilon) : addcmul(Mean, Deviation, epsilon, One);

    /// <summary>
    /// The gradients of draws z and of this distribution's parameters, side by side, from that of <see cref="LogDensity"/>.
    /// </summary>
    /// <param name="z">Draws, <c>[..., batch, latent]</c>.</param>
    /// <param name="gradient">The gradient of their log densities, <c>[..., batch]</c>.</param>
    /// <param name="toOwn">Whether that of the parameters is wanted.</param>
    internal (Tensor Draws, Tensor? Own) LogDensityGradient(Tensor z, Tensor gradient, bool toOwn)
    {
        // With u = (z - mu) / sigma: -u / sigma to z, u / sigma to mu, (u² - 1) / 2 to log sigma².
        var standardized = Standardize(z);
        var weight = gradient.unsqueeze(-1);
        var slope = (LogVariance is null ? standardized : standardized * (LogVariance * Number(-0.5)).exp()) * weight;
        if (!toOwn)
            return (-slope, null);
        return (-slope, LogVariance is null
            ? OverDraws(slope)
            : cat([OverDraws(slope), OverDraws((standardized.Squared() - One) * weight).mul_(Number(0.5))], -1));
    }

    // Not by way of z: the noise is what standardising z would answer, less its rounding.
    internal override Tensor LogDensityOfSample(Tensor epsilon)
    {
        var perDimension = epsilon.Squared().Plus(LogTwoPi);
        return (LogVariance is null ? perDimension : perDimension.Plus(LogVariance)).sum(-1) * Number(-0.5);
    }

    internal override Tensor LogDensityOfSampleGradient(Tensor gradient)
    {
        // With the noise held fast the density depends on sigma alone: -1/2 to log sigma² of every dimension.
        var toLogVariance = OverDraws(gradient.unsqueeze(-1)).expand_as(Mean);
        return LogVariance is null ? zeros_like(Mean) : cat([zeros_like(Mean), toLogVariance * Number(-0.5)], -1);
    }

    // d z / d mu = 1 and d z / d log sigma² = epsilon · sigma / 2.
    internal override Tensor SampleGradient(Tensor epsilon, Tensor gradient) => LogVariance is null
        ? OverDraws(gradient)
        : cat([OverDraws(gradient), OverDraws(gradient * epsilon).mul_(Deviation).mul_(Number(0.5))], -1);

    /// <summary>epsilon = (z - mu) / sigma: the inverse of <see cref="Sample"/>, the coordinates in which this distribution is N(0, I).</summary>
    /// <param name="z">Codes, <c>[..., batch, latent]</c>.</param>
    /// <returns>Standardised codes in the same shape.</returns>
    public Tensor Standardize(Tensor z)
    {
        var offset = z - Mean;
        return LogVariance is null ? offset : offset * (LogVariance * Number(-0.5)).exp();
    }

    /// <summary>log N(z; mu, diag sigma²) = -½ Σ_j [ log 2π + log sigma_j² + (z_j - mu_j)² / sigma_j² ], in nats.</summary>
    /// <param name="z">Codes, <c>[..., batch, latent]</c>.</param>
    /// <returns>Log densities, <c>[..., batch]</c>.</returns>
    public Tensor LogDensity(Tensor z)
    {
        var perDimension = Standardize(z).Squared().Plus(LogTwoPi);
        return (LogVariance is null ? perDimension : perDimension.Plus(LogVariance)).sum(-1) * Number(-0.5);
    }

    /// <summary>
    /// KL(this || other) in closed form, per dimension: ½ [ log (sigma_o² / sigma²) + (sigma² + (mu - mu_o)²) / sigma_o² - 1 ], in nats
    /// (Kingma and Welling 2014, appendix B, is the case of other = N(0, I)).
    /// </summary>
    /// <param name="other">The distribution on the right; its shapes broadcast against this one's.</param>
    /// <returns>The divergence of each dimension, <c>[batch, latent]</c>; the divergence of the whole is its sum.</returns>
    public Tensor KullbackLeibler(DiagonalGaussian other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var spread = Variance ?? ones_like(Mean);
        var scaled = spread.Plus((Mean - other.Mean).Squared());
        if (other.LogVariance is not null)
            scaled = (scaled * (-other.LogVariance).exp()).Plus(other.LogVariance);
        if (LogVariance is not null)
            scaled = scaled - LogVariance;
        return (scaled - One) * Number(0.5);
    }

    /// <summary>
    /// The gradients of this distribution's parameters and of the other's, side by side, from that of each dimension's divergence.
    /// </summary>
    /// <param name="other">The distribution on the right.</param>
    /// <param name="gradient">The gradient of the divergence of each dimension, in a shape that broadcasts to <c>[batch, latent]</c>.</param>
    /// <param name="toOther">Whether the other's gradient is wanted.</param>
    internal (Tensor Own, Tensor? Other) KullbackLeiblerGradient(DiagonalGaussian other, Tensor gradient, bool toOther)
    {
        // With d = (mu - mu_o) / sigma_o² and r = sigma² / sigma_o²: d, (r - 1) / 2; -d, (1 - r - d · (mu - mu_o)) / 2.
        var offset = Mean - other.Mean;
        var precision = other.LogVariance is null ? null : (-other.LogVariance).exp();
        var slope = (precision is null ? offset : offset * precision) * gradient;
        var ratio = Variance;
        if (precision is not null)
            ratio = ratio is null ? precision.expand_as(Mean) : ratio * precision;
        var spread = ratio is null ? null : One.Minus(ratio) * gradient * Number(0.5);
        var own = LogVariance is null ? slope : cat([slope, -spread!], -1);
        if (!toOther)
            return (own, null);
        return (own, other.LogVariance is null ? -slope : cat([-slope, spread! - slope * offset * Number(0.5)], -1));
    }

    /// <summary>This distribution in the coordinates in which another is N(0, I).</summary>
    internal DiagonalGaussian RelativeTo(DiagonalGaussian other)
    {
        var logVariance = LogVariance ?? zeros_like(Mean);
        return new DiagonalGaussian(other.Standardize(Mean), other.LogVariance is null ? logVariance : logVariance - other.LogVariance);
    }

    /// <summary>
    /// The gradients of this distribution's parameters and of the other's, side by side, from that of the parameters of
    /// <see cref="RelativeTo"/>.
    /// </summary>
    internal (Tensor Own, Tensor? Other) RelativeGradient(DiagonalGaussian other, Tensor gradient, bool toOther)
    {
        // With a = (mu - mu_o) / sigma_o and l = log sigma² - log sigma_o²: 1 / sigma_o to mu, 1 to log sigma²; -1 / sigma_o to mu_o,
        // -a / 2 and -1 to log sigma_o².
        var halves = gradient.chunk(2, -1);
        var slope = other.LogVariance is null ? halves[0] : halves[0] * (other.LogVariance * Number(-0.5)).exp();
        var own = LogVariance is null ? slope : cat([slope, halves[1]], -1);
        if (!toOther)
            return (own, null);
        return (own, other.LogVariance is null ? -slope : cat([-slope, -halves[1] - halves[0] * other.Standardize(Mean) * Number(0.5)], -1));
    }

    // Computed anew where the dispose scope that asked for it first has ended.
    private Tensor Deviation => _deviation is { IsInvalid: false } present ? present : _deviation = (LogVariance! * Number(0.5)).exp();

    private Tensor? Variance => LogVariance is null ? null : Deviation.Squared();
}
