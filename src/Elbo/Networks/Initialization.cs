using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Creates parameters from given noise. TorchSharp's layers use the global generator, which Elbo never changes.
/// </summary>
internal static class Initialization
{
    /// <summary>Uniform within ±1/sqrt(fan in): the default of PyTorch's Linear and Conv2d for weights and biases.</summary>
    public static Parameter Uniform(ReadOnlySpan<long> shape, long fanIn, WeightNoise noise)
    {
        var bound = 1 / Math.Sqrt(fanIn);
        using var unit = noise.Uniform(shape);
        using var wide = unit * Number(2 * bound);
        return new Parameter(wide - Number(bound));
    }
}
