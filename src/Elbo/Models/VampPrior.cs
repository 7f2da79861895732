using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// p(z) = 1/K Σ_k q(z|u_k): the mean of the encoder's posteriors at K learned pseudo-inputs u_k, images in 0..1 (Tomczak and Welling
/// 2018). The parameters are the logits of the pixels, so that u_k stays in the range of images.
/// </summary>
public sealed class VampPrior : Prior, IEncoderPrior
{
    internal const int DefaultComponents = 100;

    // Initial logits are smooth blobs on a dark background with about one bright pixel in six. They are drawn on a grid that is coarser
    // than the image by this factor; independent pixels would give an encoder pseudo-inputs that are all alike.
    private const int Coarseness = 4;
    private const double InitialMean = -3;
    private const double InitialDeviation = 3;

    private readonly ImageShape _shape;

    [ComponentName(Name = "pseudo_inputs")]
    private readonly Parameter _logits;

    private Encoder? _encoder;

    internal VampPrior(int components, ImageShape shape, WeightNoise noise)
        : base(nameof(VampPrior))
    {
        _shape = shape;
        _logits = new Parameter(InitialLogits(components, shape, noise));
        register_parameter("pseudo_inputs", _logits);
    }

    /// <summary>The current pseudo-inputs.</summary>
    /// <exception cref="ObjectDisposedException">The model that the prior belongs to is disposed.</exception>
    public ExampleValues PseudoInputs()
    {
        ObjectDisposedException.ThrowIf(_logits.IsInvalid, this);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        return new ExampleValues(_shape, _logits.sigmoid().to(float32).cpu().data<float>().ToArray());
    }

    void IEncoderPrior.Use(Encoder encoder) => _encoder = encoder;

    /// <inheritdoc/>
    public override int? Components => (int)_logits.shape[0];

    /// <inheritdoc/>
    public override LatentDistribution At(Tensor? features)
    {
        var encoder = _encoder ?? throw new InvalidOperationException(
            "The prior is made of an encoder's posteriors, but has no encoder yet.");
        var posterior = (DiagonalGaussian)encoder.Encode(_logits.sigmoid(), null);
        var components = _logits.shape[0];
        var logWeights = posterior.Mean.new_full([components], Number(-Math.Log(components)));
        return new GaussianMixture(posterior.Mean, posterior.LogVariance ?? zeros_like(posterior.Mean), logWeights);
    }

    /// <inheritdoc/>
    public override GraphDistribution Describe(GraphBuilder graph, GraphValue? features)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var encoder = _encoder ?? throw new InvalidOperationException(
            "The prior is made of an encoder's posteriors, but has no encoder yet.");
        var posterior = (GraphGaussian)encoder.Describe(graph.Constant(_logits).Sigmoid(), null);
        var components = (int)_logits.shape[0];
        float[] logWeights = [.. Enumerable.Repeat((float)-Math.Log(components), components)];
        return new GraphMixture(posterior.Mean, posterior.LogVariance, graph.Constant(logWeights, components));
    }

    private static Tensor InitialLogits(int components, ImageShape shape, WeightNoise noise)
    {
        using var coarse = noise.Normal(components, shape.Channels, CoarseSize(shape.Height), CoarseSize(shape.Width));
        using var smooth = nn.functional.interpolate(
            coarse, [shape.Height, shape.Width], mode: InterpolationMode.Bilinear, align_corners: true);
        using var flat = smooth.reshape(components, shape.Pixels);
        return (flat * Number(InitialDeviation)).Plus(InitialMean);
    }

    private static long CoarseSize(int size) => Math.Max(2, size / Coarseness);
}
