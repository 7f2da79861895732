using static TorchSharp.torch;

namespace Elbo;

/// <summary>The encoder of an autoencoder: the body answers the code itself.</summary>
internal sealed class PointEncoder(ConditionedModule body) : NetworkEncoder(nameof(PointEncoder), body)
{
    public override bool HasDensity => false;

    protected override LatentDistribution Interpret(Tensor output, DerivativeChain? chain) => new PointMass(output);
}
