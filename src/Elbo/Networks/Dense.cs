using static TorchSharp.torch;

namespace Elbo;

/// <summary>A fully connected layer: <c>[..., inputs]</c> to <c>[..., outputs]</c>, with a weight <c>[outputs, inputs]</c>.</summary>
/// <param name="inputs">The size of the input.</param>
/// <param name="outputs">The size of the output.</param>
/// <param name="noise">What the initial weights are drawn from.</param>
public sealed class Dense(long inputs, long outputs, WeightNoise noise)
    : AffineLayer(nameof(Dense), [outputs, inputs], outputs, inputs, noise)
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => nn.functional.linear(input, Weight, Bias);

    /// <summary>Adds the layer to a computation graph.</summary>
    /// <param name="input">Its input, <c>[batch, inputs]</c>.</param>
    /// <returns>Its output, <c>[batch, outputs]</c>.</returns>
    public GraphValue Describe(GraphValue input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Linear(input.Graph.Constant(Weight), input.Graph.Constant(Bias));
    }
}
