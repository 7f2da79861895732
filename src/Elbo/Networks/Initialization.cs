using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Makes parameters from a given source of noise. The layers of TorchSharp draw theirs from the global generator, which a run must never touch.
/// </summary>
internal static class Initialization
{
    /// <summary>Uniform within ±1/sqrt(fan in): what PyTorch's Linear and Conv2d layers start from, weights and biases alike.</summary>
    public static Parameter Uniform(ReadOnlySpan<long> shape, long fanIn, WeightNoise noise)
    {
        var bound = 1 / Math.Sqrt(fanIn);
        using var unit = noise.Uniform(shape);
        using var wide = unit * Number(2 * bound);
        return new Parameter(wide - Number(bound));
    }
}
