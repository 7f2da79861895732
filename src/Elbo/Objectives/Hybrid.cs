using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// alpha · (the weighted bound of <see cref="EvidenceLowerBound"/>) + (1 - alpha) · E_p(z|c)[-log p(x|z,c)]: codes are drawn from the prior in
/// training too, as they are when the model is used (Sohn, Lee and Yan 2015). alpha is <see cref="ObjectiveOptions.BoundShare"/>.
/// </summary>
internal sealed class Hybrid : Objective
{
    private static readonly EvidenceLowerBound Bound = new();

    public override bool TakesBoundShare => true;

    // Draws from a learned mixture jump from one component to another: their gradient by way of the draw is biased.
    public override bool NeedsGaussianPrior => true;

    public override void Validate(ObjectiveOptions options, bool modelHasKullbackLeibler)
    {
        if (!modelHasKullbackLeibler)
            throw new ConfigurationException("The objective 'hybrid' needs a KL term beside the prior: this model has none.");
        if (!(options.BoundShare is > 0 and < 1))
        {
            throw new ConfigurationException(
                $"The objective 'hybrid' cannot give the bound a share of {options.BoundShare}: choose one between 0 and 1, or the objective "
                + "'elbo' for 1, or the posterior 'prior' for 0.");
        }
    }

    public override Tensor OwnTerm(BoundTerms terms) => terms.FromPrior;

    public override Tensor Loss(BoundTerms terms, TermWeights weights) =>
        (Bound.Loss(terms, weights) * Number(weights.BoundShare)).Plus(terms.FromPrior.mean() * Number(1 - weights.BoundShare));

    public override TermGradients Gradient(BoundTerms terms, TermWeights weights)
    {
        var ofBound = Bound.Gradient(terms, weights);
        return new TermGradients(ofBound.Reconstruction! * Number(weights.BoundShare), ofBound.KullbackLeibler! * Number(weights.BoundShare))
        {
            FromPrior = ones_like(terms.FromPrior) * Number((1 - weights.BoundShare) / terms.FromPrior.shape[0]),
        };
    }

    public override double Loss(double reconstruction, IReadOnlyList<double>? klPerDimension, double ownTerm, TermWeights weights) =>
        weights.BoundShare * Bound.Loss(reconstruction, klPerDimension, 0, weights) + (1 - weights.BoundShare) * ownTerm;
}
