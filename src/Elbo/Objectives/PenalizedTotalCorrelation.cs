using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The beta-TCVAE of Chen et al. (2018) with their alpha = gamma = 1: the averaged KL is the sum of the index-code mutual information, the total
/// correlation and the dimension-wise KL, and the weight beta is on the total correlation alone:
/// w_r · (-E_q[log p(x|z,c)]) + KL + (beta - 1) · TC, with the KL in closed form and TC as <see cref="TotalCorrelation"/> estimates it. All of
/// it in the prior's own coordinates, so that a condition that moves the prior is no correlation. For beta = 1 it is the evidence lower bound.
/// </summary>
internal sealed class PenalizedTotalCorrelation : Objective
{
    public override bool NeedsGaussianPrior => true;

    public override void Validate(ObjectiveOptions options, bool modelHasKullbackLeibler)
    {
        if (!modelHasKullbackLeibler)
            throw new ConfigurationException("An autoencoder has no KL to take apart: train it with the objective 'reconstruction'.");
        if (options.FreeBits != 0 || options.Samples != 1)
        {
            throw new ConfigurationException(
                "The objective 'beta-tc' takes neither free bits nor several draws: take other images of the batch for more draws (--batch-size).");
        }
    }

    public override Tensor OwnTerm(BoundTerms terms) => TotalCorrelation.Of(terms.Relative.Posterior, terms.Relative.Epsilon);

    public override Tensor Loss(BoundTerms terms, TermWeights weights) =>
        (terms.Reconstruction.mean() * Number(weights.Reconstruction)).Plus(terms.KullbackLeibler!.sum(-1).mean()).Plus(OwnTerm(terms).mean() * Number(weights.Kl - 1));

    public override TermGradients Gradient(BoundTerms terms, TermWeights weights) => new(OfMean(terms, weights.Reconstruction), OfMean(terms, 1))
    {
        Relative = TotalCorrelation.Gradient(terms.Relative.Posterior, terms.Relative.Epsilon) * Number(weights.Kl - 1),
    };

    public override double Loss(double reconstruction, IReadOnlyList<double>? klPerDimension, double ownTerm, TermWeights weights) =>
        weights.Reconstruction * reconstruction + klPerDimension!.Sum() + (weights.Kl - 1) * ownTerm;
}
