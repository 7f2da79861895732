using static TorchSharp.torch;

namespace Elbo;

/// <summary>The priors that are one diagonal Gaussian per condition; they differ in how the parameters are computed.</summary>
public abstract class GaussianPrior : Prior
{
    /// <summary>Creates a prior.</summary>
    /// <param name="name">The name of the module.</param>
    protected GaussianPrior(string name)
        : base(name)
    {
    }

    /// <summary>N(mu_p(c), diag sigma_p²(c)).</summary>
    /// <inheritdoc/>
    public abstract override DiagonalGaussian At(Tensor? features);
}
