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
}
