using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Noise for a sequence of tensors of initial weights. The number of the tensor is used as the index of an example, so a tensor
/// does not depend on the sizes of the previous ones.
/// </summary>
/// <param name="seed">The run's seed.</param>
/// <param name="purpose">What the noise is for.</param>
internal sealed class WeightNoise(ulong seed, RandomPurpose purpose = RandomPurpose.Weights)
{
    private readonly NoiseStream _stream = new(seed, purpose);
    private long _tensors;

    /// <summary>Uniform numbers in the open interval (0, 1): float32 on the CPU, the caller's to dispose.</summary>
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
