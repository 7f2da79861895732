using static TorchSharp.torch;

namespace Elbo;

/// <summary>The encoder of an autoencoder: the network outputs the code itself.</summary>
internal sealed class PointEncoder(ConditionedModule body) : NetworkEncoder(nameof(PointEncoder), body)
{
    protected override LatentDistribution Interpret(Tensor output) => new PointMass(output);

    protected override GraphDistribution Interpret(GraphValue output) => new GraphPoint(output);
}
