using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// q(z|x,c): a network from images (and the condition) to the parameters of a distribution over codes. A new family of posteriors is one
/// subclass and one line in <see cref="Encoders"/>.
/// </summary>
internal abstract class Encoder : nn.Module
{
    private readonly ConditionedModule _body;

    protected Encoder(string name, ConditionedModule body)
        : base(name)
    {
        _body = body;
        register_module("body", body.Module);
    }

    /// <summary>Encodes a batch. The chain, where there is one, begins with the gradient that <see cref="LatentDistribution"/> answers.</summary>
    public LatentDistribution Encode(Tensor pixels, Tensor? features, DerivativeChain? chain = null) =>
        Interpret(_body.Forward(pixels, features, chain), chain);

    protected abstract LatentDistribution Interpret(Tensor output, DerivativeChain? chain);
}
