using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Noise for one tensor of initial weights after the other. The number of the tensor takes the place of an example's index, so a tensor
/// does not depend on the sizes of those before it.
/// </summary>
/// <param name="seed">The run's seed.</param>
/// <param name="purpose">What the noise is for.</param>
internal sealed class WeightNoise(ulong seed, RandomPurpose purpose = RandomPurpose.Weights)
{
    private readonly NoiseStream _stream = new(seed, purpose);
    private long _tensors;

    /// <summary>Numbers between 0 and 1, and neither: float32 on the CPU, the caller's to dispose.</summary>
    public Tensor Uniform(params ReadOnlySpan<long> shape)
    {
        using var row = _stream.Uniform([_tensors++], Count(shape), 1, CPU);
        return row.reshape(shape.ToArray());
    }

    /// <summary>Standard normal numbers: float32 on the CPU, the caller's to dispose.</summary>
    public Tensor Normal(params ReadOnlySpan<long> shape)
    {
        using var row = _stream.Normal([_tensors++], Count(shape), 1, CPU);
        return row.reshape(shape.ToArray());
    }

    private static int Count(ReadOnlySpan<long> shape)
    {
        var count = 1L;
        foreach (var size in shape)
            count = checked(count * size);
        return checked((int)count);
    }
}
