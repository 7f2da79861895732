using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// q(z|x,c) = N(mu, diag sigma²): the network outputs mu and a raw log-variance, which is bounded smoothly to (-14, 14).
/// </summary>
internal sealed class GaussianEncoder(ConditionedModule body) : NetworkEncoder(nameof(GaussianEncoder), body)
{
    protected override LatentDistribution Interpret(Tensor output) => LogVarianceBound.Gaussian(output);

    protected override GraphDistribution Interpret(GraphValue output) => LogVarianceBound.Gaussian(output);
}
