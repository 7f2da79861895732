using static TorchSharp.torch;

namespace Elbo;

/// <summary>The priors that are one diagonal Gaussian per condition; they differ only in how its parameters come about.</summary>
public abstract class GaussianPrior : Prior
{
    private protected GaussianPrior(string name)
        : base(name)
    {
    }

    /// <summary>The prior at given conditions.</summary>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>N(mu_p(c), diag sigma_p²(c)), one row per condition (or one row that broadcasts).</returns>
    public abstract DiagonalGaussian At(Tensor? features);

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor z, Tensor? features) => At(features).LogDensity(z);

    /// <inheritdoc/>
    public override Tensor Sample(Tensor epsilon, Tensor? features) => At(features).Sample(epsilon);

    /// <inheritdoc/>
    public override Tensor Standardize(Tensor z, Tensor? features) => At(features).Standardize(z);

    /// <inheritdoc/>
    public override Tensor? KullbackLeibler(LatentDistribution posterior, Tensor? features) =>
        posterior is DiagonalGaussian gaussian ? gaussian.KullbackLeibler(At(features)) : null;
}
