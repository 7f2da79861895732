using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>A network that knows its own derivative.</summary>
internal abstract class Network(string name) : nn.Module<Tensor, Tensor?, Tensor>(name)
{
    public sealed override Tensor forward(Tensor input, Tensor? features) => Forward(input, features, null);

    /// <summary>Goes forward, and adds the way back to the chain where there is one; without a chain autograd may follow.</summary>
    public abstract Tensor Forward(Tensor input, Tensor? features, DerivativeChain? chain);
}
