namespace Elbo;

/// <summary>
/// A network that describes its forward pass as a computation graph, so that a model with it can be exported.
/// </summary>
public interface IGraphModule
{
    /// <summary>Adds the forward pass to a graph.</summary>
    /// <param name="input">What it transforms, <c>[batch, inputs]</c>.</param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>The output, <c>[batch, outputs]</c>, as the forward pass of evaluation computes it.</returns>
    GraphValue Describe(GraphValue input, GraphValue? features);
}
