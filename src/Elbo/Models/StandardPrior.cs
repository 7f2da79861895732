using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>p(z) = N(0, I), independent of the condition.</summary>
public sealed class StandardPrior : GaussianPrior
{
    // In a box, so that TorchSharp does not register it: a buffer that is not persistent would not be moved to another device.
    private readonly StrongBox<Tensor> _zeros;

    /// <summary>The unit Gaussian over codes of a given size.</summary>
    /// <param name="latentSize">The number of latent dimensions.</param>
    public StandardPrior(int latentSize)
        : base(nameof(StandardPrior)) =>
        _zeros = new(zeros(1, latentSize).DetachFromDisposeScope());

    /// <inheritdoc/>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        base._toEpilog(dtype, device, non_blocking);
        using var before = Zeros;
        _zeros.Value = before.to(dtype ?? before.dtype, device ?? before.device, copy: true).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Zeros.Dispose();
        base.Dispose(disposing);
    }

    private Tensor Zeros => _zeros.Value!;

    /// <inheritdoc/>
    public override DiagonalGaussian At(Tensor? features) => new(Zeros);

    /// <inheritdoc/>
    public override GraphDistribution Describe(GraphBuilder graph, GraphValue? features)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new GraphGaussian(graph.Constant(Zeros));
    }
}
