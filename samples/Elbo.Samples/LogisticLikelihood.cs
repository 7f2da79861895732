using TorchSharp;
using static TorchSharp.torch;

namespace Samples;

// begin
/// <summary>log p(x) = -d - 2 log(1 + exp(-d)) - log s with d = (x - mean) / s: a Gaussian's shape, with heavier tails.</summary>
internal sealed class LogisticLikelihood(double scale) : Likelihood(nameof(LogisticLikelihood))
{
    public override Tensor LogDensityPerValue(Tensor output, Tensor x)
    {
        var distance = (x - output) / Number(scale);
        return -distance - nn.functional.softplus(-distance) * Number(2) - Number(Math.Log(scale));
    }

    public override Tensor Mean(Tensor output) => output.alias();

    public override Tensor Draw(Tensor output, Tensor uniform) => output.Plus(uniform.logit() * Number(scale));
}
// end
