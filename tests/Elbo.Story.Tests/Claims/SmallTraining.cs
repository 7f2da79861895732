using TorchSharp;
using TorchSharp.Modules;
using static Elbo.Scalars;
using static TorchSharp.torch;

namespace Elbo.Story.Tests;

/// <summary>
/// A VAE of the size that the page trains, 784-64-(2 + 2) and 2-64-784, trained on the digits in the page by libtorch's derivatives.
/// </summary>
/// <param name="Codes">The posteriors of the digits after it.</param>
/// <param name="Reconstruction">-log p(x|z) of each digit with one z from its posterior.</param>
internal sealed record SmallTraining(PosteriorBatch Codes, double[] Reconstruction)
{
    private const int Pixels = 784;
    private const int Hidden = 64;
    private const int Latent = 2;
    private const int Steps = 300;
    private const int Batch = 64;
    private const double LearningRate = 0.002;

    /// <summary>Trains with weights of the two terms.</summary>
    public static SmallTraining Of(double reconstructionWeight, double klWeight)
    {
        // Matrices this small are multiplied sooner by one thread than several wait for each other.
        var threads = get_num_threads();
        set_num_threads(1);
        try
        {
            return Train(reconstructionWeight, klWeight);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    private static SmallTraining Train(double reconstructionWeight, double klWeight)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var parameters = new[] { (Hidden, Pixels), (2 * Latent, Hidden), (Hidden, Latent), (Pixels, Hidden) }
            .SelectMany(size => new[] { Uniform([size.Item1, size.Item2], size.Item2), Uniform([size.Item1], size.Item2) })
            .Select(each => new Parameter(each, requires_grad: true)).ToArray();
        using var optimizer = optim.Adam(parameters, LearningRate);
        var images = tensor(PosteriorBatch.Digits, [PosteriorBatch.Digits.Length / Pixels, Pixels]);
        for (var step = 0; step < Steps; step++)
        {
            using var ofStep = NewDisposeScope();
            var batch = images.index_select(0, randint(0, images.shape[0], [Batch], generator: generator, dtype: int64));
            var (loss, kl, _, _) = Terms(parameters, batch, generator);
            optimizer.zero_grad();
            loss.mul(Number(reconstructionWeight)).Plus(kl.mul(Number(klWeight))).mean().backward();
            optimizer.step();
        }

        using var _ = no_grad();
        var (reconstruction, _, mean, deviation) = Terms(parameters, images, generator);
        return new(
            new(Latent, Values(mean), Values(deviation)), [.. Values(reconstruction).Select(value => (double)value)]);

        Tensor Uniform(long[] size, int inputs) => rand(size, generator: generator).mul(Number(2)).sub(One).div(Number(Math.Sqrt(inputs)));
    }

    private static (Tensor Reconstruction, Tensor Kl, Tensor Mean, Tensor Deviation) Terms(
        Tensor[] parameters, Tensor images, Generator generator)
    {
        var code = Layer(2, Layer(0, images).relu());
        var (mean, logVariance) = (code.narrow(1, 0, Latent), code.narrow(1, Latent, Latent));
        var deviation = logVariance.mul(Number(0.5)).exp();
        var z = mean.Plus(deviation.mul(randn(mean.shape, generator: generator)));
        var logits = Layer(6, Layer(4, z).relu());
        var reconstruction = nn.functional.softplus(logits).sub(images.mul(logits)).sum(1);
        var kl = mean.square().Plus(logVariance.exp()).sub(One).sub(logVariance).mul(Number(0.5)).sum(1);
        return (reconstruction, kl, mean, deviation);

        Tensor Layer(int index, Tensor input) => nn.functional.linear(input, parameters[index], parameters[index + 1]);
    }

    private static float[] Values(Tensor values) => values.contiguous().data<float>().ToArray();
}
