using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Noise for a sequence of tensors of initial weights. The number of the tensor is used as the index of an example, so a tensor
/// does not depend on the sizes of the previous ones.
/// </summary>
public sealed class WeightNoise
{
    private readonly NoiseStream _stream;
    private long _tensors;

    /// <summary>The noise of a seed.</summary>
    /// <param name="seed">The run's seed.</param>
    public WeightNoise(ulong seed)
        : this(seed, RandomPurpose.Weights)
    {
    }

    internal WeightNoise(ulong seed, RandomPurpose purpose) => _stream = new(seed, purpose);

    /// <summary>Uniform numbers in the open interval (0, 1).</summary>
    /// <param name="shape">The shape of the tensor.</param>
    /// <returns>float32 on the CPU, the caller's to dispose.</returns>
    /// <exception cref="SettingsException">The tensor is larger than fits into memory.</exception>
    public Tensor Uniform(params ReadOnlySpan<long> shape)
    {
        using var row = _stream.Uniform([_tensors++], WeightLimit.Take(shape), 1, CPU);
        return row.reshape(shape.ToArray());
    }

    /// <summary>Standard normal numbers.</summary>
    /// <param name="shape">The shape of the tensor.</param>
    /// <returns>float32 on the CPU, the caller's to dispose.</returns>
    /// <exception cref="SettingsException">The tensor is larger than fits into memory.</exception>
    public Tensor Normal(params ReadOnlySpan<long> shape)
    {
        using var row = _stream.Normal([_tensors++], WeightLimit.Take(shape), 1, CPU);
        return row.reshape(shape.ToArray());
    }
}
