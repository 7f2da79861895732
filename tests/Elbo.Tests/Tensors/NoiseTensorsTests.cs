using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class NoiseTensorsTests
{
    private static readonly NoiseStream Stream = new(1, RandomPurpose.Noise, 2);
    private static readonly long[] Examples = [3, 1, 4];

    [Fact]
    public void Tensors_hold_the_numbers_of_the_stream()
    {
        using var scope = NewDisposeScope();
        var (normals, uniforms, coins) = (new float[2 * 3 * 5], new float[3 * 5], new byte[3 * 5]);
        Stream.Normals(normals, Examples, 5, 2, 7);
        Stream.Uniforms(uniforms, Examples, 5);
        Stream.Coins(coins, Examples, 5);

        var normal = Stream.Normal(Examples, 5, 2, CPU, 7);
        var uniform = Stream.Uniform(Examples, 5, 1, CPU);
        var coin = Stream.Coins(Examples, 5, CPU);

        Assert.Equal(normals, normal.data<float>());
        Assert.Equal([2, 3, 5], normal.shape);
        Assert.Equal(uniforms, uniform.data<float>());
        Assert.Equal([3, 5], uniform.shape);
        Assert.Equal(coins, coin.data<byte>());
        Assert.Equal([3, 5], coin.shape);
    }

    [Fact]
    public void No_numbers_are_tensors_too()
    {
        using var scope = NewDisposeScope();

        Assert.Equal([3, 0], Stream.Normal(Examples, 0, 1, CPU).shape);
        Assert.Equal([2, 3, 0], Stream.Uniform(Examples, 0, 2, CPU).shape);
        Assert.Equal([0, 784], Stream.Coins([], 784, CPU).shape);
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        var before = LiveTensors.OfThisThread;
        var weights = new WeightNoise(1);

        Stream.Normal(Examples, 5, 2, CPU).Dispose();
        Stream.Coins(Examples, 5, CPU).Dispose();
        weights.Normal(4, 5).Dispose();
        weights.Uniform(4).Dispose();

        Assert.Equal(before, LiveTensors.OfThisThread);
    }

    [Fact]
    public void Noise_of_weights_goes_from_tensor_to_tensor_whatever_their_sizes()
    {
        using var scope = NewDisposeScope();
        var (small, large) = (new WeightNoise(9), new WeightNoise(9));

        var (first, second) = (small.Uniform(2, 3), small.Normal(4));
        var (largeFirst, largeSecond) = (large.Uniform(8, 5), large.Normal(2, 2));

        Assert.Equal([2, 3], first.shape);
        Assert.Equal(first.data<float>().ToArray(), largeFirst.data<float>().Take(6));
        Assert.Equal(second.data<float>().ToArray(), largeSecond.data<float>());
        Assert.NotEqual(Bytes(first), Bytes(new WeightNoise(9, RandomPurpose.Classifier).Uniform(2, 3)));
        Assert.Equal([0, 3], small.Normal(0, 3).shape);

        static byte[] Bytes(Tensor tensor) => MemoryMarshal.AsBytes<float>(tensor.data<float>().ToArray()).ToArray();
    }
}
