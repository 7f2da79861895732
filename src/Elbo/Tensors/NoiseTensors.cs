using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>Noise as tensors: generated in host memory, and copied to another device if necessary.</summary>
internal static class NoiseTensors
{
    /// <summary>Standard normal numbers.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="examples">The indices of the examples.</param>
    /// <param name="count">The numbers of an example in a draw.</param>
    /// <param name="draws">How many draws there are.</param>
    /// <param name="device">The device of the tensor.</param>
    /// <param name="firstDraw">The first of the draws.</param>
    /// <returns>float32, <c>[examples, count]</c> for one draw, <c>[draws, examples, count]</c> for another number of them.</returns>
    public static Tensor Normal(
        this NoiseStream stream, ReadOnlySpan<long> examples, int count, int draws, Device device, long firstDraw = 0)
    {
        var host = empty(Shape(examples, count, draws), float32);
        stream.Normals(HostMemory.Of<float>(host), examples, count, draws, firstDraw);
        return host.MovedTo(device);
    }

    /// <summary>Uniform numbers in the open interval (0, 1).</summary>
    /// <inheritdoc cref="Normal" path="/param | /returns"/>
    public static Tensor Uniform(
        this NoiseStream stream, ReadOnlySpan<long> examples, int count, int draws, Device device, long firstDraw = 0)
    {
        var host = empty(Shape(examples, count, draws), float32);
        stream.Uniforms(HostMemory.Of<float>(host), examples, count, draws, firstDraw);
        return host.MovedTo(device);
    }

    /// <summary>Bytes from 0 to 254, each equally probable: one is below v, a grey value, with probability v / 255 exactly.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="examples">The indices of the examples.</param>
    /// <param name="count">The bytes of an example.</param>
    /// <param name="device">The device of the tensor.</param>
    /// <returns>uint8, <c>[examples, count]</c>.</returns>
    public static Tensor Coins(this NoiseStream stream, ReadOnlySpan<long> examples, int count, Device device)
    {
        var host = empty(Shape(examples, count, 1), uint8);
        stream.Coins(HostMemory.Of<byte>(host), examples, count);
        return host.MovedTo(device);
    }

    private static long[] Shape(ReadOnlySpan<long> examples, int count, int draws) =>
        draws == 1 ? [examples.Length, count] : [draws, examples.Length, count];
}
