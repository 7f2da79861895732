using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// p(z) = 1/K Σ_k q(z|u_k): the mean of the encoder's posteriors at K learned pseudo-inputs u_k, images in 0..1 (Tomczak and Welling 2018). What
/// is learned is the logit of every value, so that u_k is a sigmoid and no pixel leaves the range of images.
/// </summary>
public sealed class VampPrior : ComponentPrior, IEncoderPrior
{
    internal const int DefaultComponents = 100;

    // First logits are smooth blobs on a dark ground, like the images that most training is on: about one value in six is bright. They are drawn
    // on a grid this many times coarser than the image; pixels drawn one by one would all look the same to an encoder.
    private const int Coarseness = 4;
    private const double FirstMean = -3;
    private const double FirstDeviation = 3;

    private readonly ImageShape _shape;

    [ComponentName(Name = "pseudo_inputs")]
    private readonly Parameter _logits;

    private Encoder? _encoder;

    internal VampPrior(int components, ImageShape shape, Generator generator)
        : base(nameof(VampPrior), components)
    {
        _shape = shape;
        _logits = new Parameter(FirstLogits(components, shape, generator));
        register_parameter("pseudo_inputs", _logits);
    }

    /// <summary>The pseudo-inputs as they stand, in plain memory.</summary>
    public Images PseudoInputs()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        return new Images(_shape, _logits.sigmoid().to(float32).cpu().data<float>().ToArray());
    }

    void IEncoderPrior.Use(Encoder encoder) => _encoder = encoder;

    internal override GaussianMixture Mixture()
    {
        var encoder = _encoder ?? throw new InvalidOperationException("The prior is made of an encoder's posteriors, and has not been given one.");
        var posterior = (DiagonalGaussian)encoder.Encode(_logits.sigmoid(), null);
        var logWeights = posterior.Mean.new_full([Components], Number(-Math.Log(Components)));
        return new GaussianMixture(posterior.Mean, posterior.LogVariance ?? zeros_like(posterior.Mean), logWeights);
    }

    private static Tensor FirstLogits(int components, ImageShape shape, Generator generator)
    {
        using var coarse = randn(
            [components, shape.Channels, CoarseSize(shape.Height), CoarseSize(shape.Width)], float32, generator: generator);
        using var smooth = nn.functional.interpolate(coarse, [shape.Height, shape.Width], mode: InterpolationMode.Bilinear, align_corners: true);
        using var flat = smooth.reshape(components, shape.Pixels);
        return (flat * Number(FirstDeviation)).Plus(FirstMean);
    }

    private static long CoarseSize(int size) => Math.Max(2, size / Coarseness);
}
