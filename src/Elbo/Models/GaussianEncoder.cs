using static TorchSharp.torch;

namespace Elbo;

/// <summary>q(z|x,c) = N(mu, diag sigma²): the body answers mu and a raw log-variance, which is bounded smoothly to (-14, 14).</summary>
internal sealed class GaussianEncoder(ConditionedModule body) : Encoder(nameof(GaussianEncoder), body)
{
    protected override LatentDistribution Interpret(Tensor output)
    {
        var halves = output.chunk(2, -1);
        return new DiagonalGaussian(halves[0], LogVarianceBound.Apply(halves[1]));
    }
}
