using static TorchSharp.torch;

namespace Elbo;

/// <summary>A posterior whose parameters are outputs of a network of image and condition.</summary>
internal abstract class NetworkEncoder : Encoder
{
    protected NetworkEncoder(string name, ConditionedModule body)
        : base(name)
    {
        Body = body;
        register_module("body", body.Module);
    }

    public ConditionedModule Body { get; }

    public override LatentDistribution Encode(Tensor pixels, Tensor? features) =>
        Interpret(Body.Forward(pixels, features));

    public override GraphDistribution Describe(GraphValue pixels, GraphValue? features) => Interpret(Body.Describe(pixels, features));

    /// <summary>The same in a computation graph.</summary>
    protected abstract GraphDistribution Interpret(GraphValue output);

    /// <summary>The posterior with the parameters that the network has output.</summary>
    protected abstract LatentDistribution Interpret(Tensor output);
}
