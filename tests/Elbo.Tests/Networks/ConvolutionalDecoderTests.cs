using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class ConvolutionalDecoderTests
{
    [Fact]
    public void Its_channels_are_the_planes_that_a_likelihood_with_several_parameters_reads()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var layout = new NetworkLayout(new ImageShape(3, 5, 4), 0, 0, 0, 2, 120);
        using var decoder = new ConvolutionalDecoder(
            layout, 2, new NetworkOptions { Kind = "conv", Channels = [3, 4], Hidden = [7] }, new WeightNoise(1));
        // Nothing but the bias of the last layer counts: the means of red, green and blue, then their sigmas.
        foreach (var parameter in decoder.parameters())
            parameter.zero_();
        var bias = decoder.named_parameters().Single(named => named.name.EndsWith("convolution1.bias", StringComparison.Ordinal)).parameter;
        bias.copy_(tensor(new[] { -1f, 0, 1, 0.1f, 0.2f, 0.3f }));
        using var likelihood = new GaussianPerPixelLikelihood();

        var output = decoder.forward(zeros(1, 2), null);

        var (means, sigmas) = (Tensors.ToArray(likelihood.Mean(output)), Tensors.ToArray(likelihood.Sigma(output)));
        for (var i = 0; i < layout.Shape.Size; i++)
        {
            var channel = i / 20;
            Assert.Equal(1 / (1 + Math.Exp(1 - channel)), means[i], 1e-6);
            Assert.Equal(1.0 / 256 + Math.Log(1 + Math.Exp(0.1 * (channel + 1))), sigmas[i], 1e-6);
        }
    }
}
