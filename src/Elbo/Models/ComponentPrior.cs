using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The priors that are a mixture of Gaussians, for models without a condition; they differ only in where their components come from. A divergence
/// from a mixture has no closed form and no parts for single dimensions: the model estimates it by Monte Carlo.
/// </summary>
public abstract class ComponentPrior : Prior
{
    private protected ComponentPrior(string name, int components)
        : base(name) => Components = components;

    /// <summary>The number of Gaussians.</summary>
    public int Components { get; }

    /// <summary>The mixture as the parameters stand.</summary>
    internal abstract GaussianMixture Mixture();

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor z, Tensor? features)
    {
        ArgumentNullException.ThrowIfNull(z);
        return Mixture().LogDensity(z);
    }

    /// <summary>
    /// An exact draw from the mixture: the first coordinate of the noise chooses the component, and what it leaves undecided is, with the others,
    /// the place within it.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Sample(Tensor epsilon, Tensor? features)
    {
        ArgumentNullException.ThrowIfNull(epsilon);
        return Mixture().Sample(epsilon);
    }

    /// <summary>
    /// (z - m) / s with the mean and the standard deviation of the whole mixture in each dimension: coordinates of mean 0 and variance 1, in which
    /// the prior is no Gaussian, and not the way back of <see cref="Sample"/>.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Standardize(Tensor z, Tensor? features)
    {
        ArgumentNullException.ThrowIfNull(z);
        return Mixture().Standardize(z);
    }

    internal override PriorComparison Compare(LatentDistribution posterior, Tensor? features, DerivativeChain? chain)
    {
        using var gradientMode = chain is null ? null : enable_grad();
        var mixture = Mixture();
        return new PriorComparison(
            null,
            mixture.Detach().Standardize(posterior.Mean.detach()),
            _ => throw new InvalidOperationException("There is no divergence to go back from."))
        {
            Density = z => chain is null
                ? new PriorDensity(mixture.LogDensity(z), _ => throw new InvalidOperationException("There is no chain to go back by."))
                : PriorDensity.ByAutograd(z, mixture.LogDensity),
        };
    }
}
