using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Reconstruction with the code held at a capacity of C nats: w_r · (-E_q[log p(x|z,c)]) + gamma · |KL - C|, the KL averaged over the
/// batch, gamma the weight on the KL (Burgess et al. 2018). C usually grows, so that latent dimensions become active one after the other.
/// </summary>
internal sealed class CapacityObjective : Objective
{
    public override bool TakesCapacity => true;

    public override void Validate(ObjectiveOptions options)
    {
        if (options.FreeBits != 0)
            throw new SettingsException("The objective 'capacity' sets a target for the KL: it takes no free bits.");
    }

    public override Tensor Loss(MeanTerms terms, TermWeights weights) =>
        (terms.Reconstruction * Number(weights.Reconstruction)).Plus((terms.Kl - Number(weights.Capacity)).abs() * Number(weights.Kl));
}
