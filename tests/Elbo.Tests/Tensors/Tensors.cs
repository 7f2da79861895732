using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>Seeded tensors for tests.</summary>
internal static class Tensors
{
    public static Tensor Normal(ulong seed, ScalarType type, params long[] shape)
    {
        using var generator = new Generator(seed);
        return randn(shape, float64, generator: generator).to(type);
    }

    public static Tensor Uniform(ulong seed, ScalarType type, params long[] shape)
    {
        using var generator = new Generator(seed);
        return rand(shape, float64, generator: generator).to(type);
    }

    public static double[] ToArray(Tensor tensor) => tensor.detach().to(float64).cpu().contiguous().data<double>().ToArray();
}
