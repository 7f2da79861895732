using static TorchSharp.torch;

namespace Elbo;

/// <summary>The priors that are one diagonal Gaussian per condition; they differ in how the parameters are computed.</summary>
public abstract class GaussianPrior : Prior
{
    private protected GaussianPrior(string name)
        : base(name)
    {
    }

    /// <summary>N(mu_p(c), diag sigma_p²(c)).</summary>
    /// <inheritdoc/>
    public abstract override DiagonalGaussian At(Tensor? features);
}
