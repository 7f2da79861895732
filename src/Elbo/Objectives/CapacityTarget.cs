using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Reconstruction with the code held at a capacity of C nats: w_r · (-E_q[log p(x|z,c)]) + gamma · |KL - C|, the KL averaged over the batch,
/// gamma the weight on the KL (Burgess et al. 2018). C usually grows, so that dimensions of the code come into use one after the other.
/// </summary>
internal sealed class CapacityTarget : Objective
{
    public override bool TakesCapacity => true;

    public override void Validate(ObjectiveOptions options, bool modelHasKullbackLeibler)
    {
        if (!modelHasKullbackLeibler)
            throw new ConfigurationException("An autoencoder has no KL to hold at a capacity: train it with the objective 'reconstruction'.");
        if (options.FreeBits != 0)
            throw new ConfigurationException("The objective 'capacity' says what the KL shall cost: it takes no free bits.");
    }

    public override Tensor Loss(BoundTerms terms, TermWeights weights) =>
        (terms.Reconstruction.mean() * Number(weights.Reconstruction)).Plus(Excess(terms, weights).abs() * Number(weights.Kl));

    public override TermGradients Gradient(BoundTerms terms, TermWeights weights) =>
        new(OfMean(terms, weights.Reconstruction), OfMean(terms, weights.Kl) * Excess(terms, weights).sign());

    public override double Loss(double reconstruction, IReadOnlyList<double>? klPerDimension, double ownTerm, TermWeights weights) =>
        weights.Reconstruction * reconstruction + weights.Kl * Math.Abs(klPerDimension!.Sum() - weights.Capacity);

    private static Tensor Excess(BoundTerms terms, TermWeights weights) => terms.KullbackLeibler!.sum(-1).mean() - Number(weights.Capacity);
}
