using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// No code, or one of no dimensions: the decoder predicts the target from the condition, and -log p(x|c) is exact. The baseline of Sohn,
/// Lee and Yan (2015).
/// </summary>
internal sealed class NoEncoder() : Encoder(nameof(NoEncoder))
{
    public override bool SeesImage => false;

    public override LatentDistribution Encode(Tensor pixels, Tensor? features) =>
        new PointMass(zeros(pixels.shape[0], 0, pixels.dtype, pixels.device));

    public override GraphDistribution Describe(GraphValue pixels, GraphValue? features) => new GraphPoint(pixels.Columns(0, 0));
}
