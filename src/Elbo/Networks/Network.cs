using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>A network with two inputs: what it transforms, and the features of a condition, or null without one.</summary>
/// <param name="name">The name of the module.</param>
public abstract class Network(string name) : nn.Module<Tensor, Tensor?, Tensor>(name);
