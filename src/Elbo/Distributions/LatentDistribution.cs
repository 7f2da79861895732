using static TorchSharp.torch;

namespace Elbo;

/// <summary>What an encoder answers for a batch: a distribution over the latent code z of each example, q(z|x,c).</summary>
public abstract class LatentDistribution
{
    private protected LatentDistribution(Tensor mean) => Mean = mean;

    /// <summary>The mean of z, <c>[batch, latent]</c>: the point that stands for an example where one point is asked for.</summary>
    public Tensor Mean { get; }

    /// <summary>Turns standard normal noise into draws of z by the reparametrisation of Kingma and Welling (2014).</summary>
    /// <param name="epsilon">Noise from N(0, I), <c>[batch, latent]</c> or <c>[samples, batch, latent]</c>.</param>
    /// <returns>Draws in the shape of <paramref name="epsilon"/>.</returns>
    public abstract Tensor Sample(Tensor epsilon);

    /// <summary>The log density of the draws that <see cref="Sample"/> makes of this noise, in nats, <c>[..., batch]</c>.</summary>
    internal abstract Tensor LogDensityOfSample(Tensor epsilon);

    /// <summary>The gradient of the distribution's parameters, side by side, from that of <see cref="LogDensityOfSample"/>.</summary>
    internal abstract Tensor LogDensityOfSampleGradient(Tensor gradient);

    /// <summary>The gradient of the distribution's parameters, side by side, from that of the draws of <see cref="Sample"/>.</summary>
    internal abstract Tensor SampleGradient(Tensor epsilon, Tensor gradient);

    /// <summary>Adds up over the draws, where there are several, what each of them asks of the one distribution they come from.</summary>
    private protected static Tensor OverDraws(Tensor gradient) => gradient.dim() == 3 ? gradient.sum(dim: 0) : gradient;
}
