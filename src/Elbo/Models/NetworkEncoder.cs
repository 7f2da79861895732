using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>A posterior whose parameters a network computes from the image and the condition.</summary>
internal abstract class NetworkEncoder : Encoder
{
    private readonly ConditionedModule _body;

    protected NetworkEncoder(string name, ConditionedModule body)
        : base(name)
    {
        _body = body;
        register_module("body", body.Module);
    }

    public override LatentDistribution Encode(Tensor pixels, Tensor? features, DerivativeChain? chain = null) =>
        Interpret(_body.Forward(pixels, features, chain), chain);

    protected abstract LatentDistribution Interpret(Tensor output, DerivativeChain? chain);
}
