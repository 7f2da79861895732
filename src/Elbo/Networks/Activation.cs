using static TorchSharp.torch;

namespace Elbo;

/// <summary>An activation function between two layers.</summary>
/// <param name="Name">The name by which a configuration selects it.</param>
/// <param name="Function">The function, value by value.</param>
/// <param name="Describe">The same in a computation graph.</param>
internal sealed record Activation(string Name, Func<Tensor, Tensor> Function, Func<GraphValue, GraphValue> Describe);
