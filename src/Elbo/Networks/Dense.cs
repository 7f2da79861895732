using static TorchSharp.torch;

namespace Elbo;

/// <summary>A fully connected layer: <c>[..., inputs]</c> to <c>[..., outputs]</c>, with a weight <c>[outputs, inputs]</c>.</summary>
internal sealed class Dense(long inputs, long outputs, WeightNoise noise)
    : AffineLayer(nameof(Dense), [outputs, inputs], outputs, inputs, noise)
{
    public override Tensor forward(Tensor input) => nn.functional.linear(input, Weight, Bias);
}
