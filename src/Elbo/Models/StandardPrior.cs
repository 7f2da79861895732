using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>p(z) = N(0, I), independent of the condition.</summary>
public sealed class StandardPrior : GaussianPrior
{
    [ComponentName(Name = "zeros")]
    private readonly Tensor _zeros;

    /// <summary>The unit Gaussian over codes of a given size.</summary>
    /// <param name="latentSize">The number of latent dimensions.</param>
    public StandardPrior(int latentSize)
        : base(nameof(StandardPrior))
    {
        _zeros = zeros(1, latentSize);
        register_buffer("zeros", _zeros, persistent: false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // A module disposes its parameters, but not a buffer that is not persistent.
        if (disposing)
            _zeros.Dispose();
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    public override DiagonalGaussian At(Tensor? features) => new(_zeros);
}
