using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// alpha · (the weighted bound of <see cref="EvidenceLowerBound"/>) + (1 - alpha) · E_p(z|c)[-log p(x|z,c)]: codes are also drawn from
/// the prior in training, as in generation (Sohn, Lee and Yan 2015). alpha is <see cref="ObjectiveOptions.BoundShare"/>.
/// </summary>
internal sealed class HybridObjective : Objective
{
    private static readonly EvidenceLowerBound Bound = new();

    public override bool TakesBoundShare => true;

    public override void Validate(ObjectiveOptions options)
    {
        if (!(options.BoundShare is > 0 and < 1))
        {
            throw new SettingsException(
                $"The objective 'hybrid' cannot have a bound share of {options.BoundShare}: choose one between 0 and 1, or the objective "
                + "'elbo' for 1, or the posterior 'prior' for 0.");
        }
    }

    // Draws from a learned mixture jump from one component to another: their reparametrised gradient is biased.
    public override Tensor Auxiliary(BoundTerms terms) => terms.Latents.All(latent => latent.Prior is DiagonalGaussian)
        ? terms.PriorReconstruction
        : throw new MissingTermException("a Gaussian prior", "choose the Prior 'standard', or another Objective");

    public override Tensor Loss(MeanTerms terms, TermWeights weights) =>
        (Bound.Loss(terms, weights) * Number(weights.BoundShare)).Plus(terms.Auxiliary * Number(1 - weights.BoundShare));
}
