using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>Convolutions give the sums that define them, on every processor, and so do their gradients.</summary>
public class ConvolutionProductsTests
{
    public static TheoryData<int, int, int, int> Shapes => new()
    {
        { 1, 32, 6, 5 }, { 3, 4, 6, 5 }, { 4, 3, 2, 3 }, { 24, 20, 4, 4 }, { 48, 16, 7, 7 }, { 1, 48, 6, 6 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_convolution_and_its_gradients_are_those_in_float64(int inputs, int outputs, int height, int width)
    {
        using var scope = NewDisposeScope();
        var noise = new WeightNoise(3);
        var (x, weight, bias) = (noise.Normal(3, inputs, height, width), noise.Normal(outputs, inputs, 3, 3), noise.Normal(outputs));
        Compare(x, weight, (input, kernel) => ConvolutionProducts.Convolve(input, kernel, bias.to(input.dtype)));
        Compare(x, weight, (input, kernel) => ConvolutionProducts.ConvolveByProduct(input, kernel, bias.to(input.dtype)));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_transposed_convolution_and_its_gradients_are_those_in_float64(int inputs, int outputs, int height, int width)
    {
        using var scope = NewDisposeScope();
        var noise = new WeightNoise(4);
        var (x, weight, bias) = (noise.Normal(3, inputs, height, width), noise.Normal(inputs, outputs, 3, 3), noise.Normal(outputs));
        long[] more = [height % 2, 1 - width % 2];
        Compare(x, weight, (input, kernel) => ConvolutionProducts.Transpose(input, kernel, bias.to(input.dtype), more));
        Compare(x, weight, (input, kernel) => ConvolutionProducts.TransposeByProduct(input, kernel, bias.to(input.dtype), more));
    }

    // In float64 libtorch has kernels of another origin.
    private static void Compare(Tensor x, Tensor weight, Func<Tensor, Tensor, Tensor> convolve)
    {
        var (values, wide) = (Results(x, weight, convolve), Results(x.to(float64), weight.to(float64), convolve));
        foreach (var (value, expected) in values.Zip(wide))
        {
            Assert.Equal(expected.shape, value.shape);
            var greatest = expected.abs().max().item<double>();
            Assert.InRange((value.to(float64) - expected).abs().max().item<double>(), 0, 1e-5 * greatest);
        }
    }

    private static Tensor[] Results(Tensor x, Tensor weight, Func<Tensor, Tensor, Tensor> convolve)
    {
        var (input, kernel) = (x.clone().requires_grad_(), weight.clone().requires_grad_());
        var y = convolve(input, kernel);
        (y * y).sum().backward();
        return [y.detach(), input.grad!, kernel.grad!];
    }
}
