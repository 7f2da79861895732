using TorchSharp;
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
        // A buffer that is not persistent is in no list of TorchSharp's, so the model cannot keep or dispose it.
        _zeros = zeros(1, latentSize).DetachFromDisposeScope();
        register_buffer("zeros", _zeros, persistent: false);
    }

    /// <inheritdoc/>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        base._toEpilog(dtype, device, non_blocking);
        _zeros.DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _zeros.Dispose();
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    public override DiagonalGaussian At(Tensor? features) => new(_zeros);

    /// <inheritdoc/>
    public override GraphDistribution Describe(GraphBuilder graph, GraphValue? features)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new GraphGaussian(graph.Constant(_zeros));
    }
}
