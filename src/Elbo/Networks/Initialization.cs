using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Makes parameters from a given generator. The layers of TorchSharp draw theirs from the global one, which a run must never touch.
/// </summary>
internal static class Initialization
{
    /// <summary>Uniform within ±1/sqrt(fan in): what PyTorch's Linear and Conv2d layers start from, weights and biases alike.</summary>
    public static Parameter Uniform(ReadOnlySpan<long> shape, long fanIn, Generator generator)
    {
        var bound = 1 / Math.Sqrt(fanIn);
        // Not nn.init.uniform_: it accepts a generator and draws from the global one all the same.
        using var unit = rand(shape, float32, generator: generator);
        using var wide = unit * Number(2 * bound);
        return new Parameter(wide - Number(bound));
    }
}
