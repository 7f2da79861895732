using static TorchSharp.torch;

namespace Elbo;

/// <summary>What an autoencoder minimises: w_r · (-log p(x|z)).</summary>
internal sealed class ReconstructionAlone : Objective
{
    public override void Validate(ObjectiveOptions options, bool modelHasKullbackLeibler)
    {
        if (options.KlWeight is not ConstantWeight { Weight: 1 } || options.FreeBits != 0)
            throw new ConfigurationException("The objective 'reconstruction' has no KL term: it takes neither a KL weight nor free bits.");
    }

    public override Tensor Loss(BoundTerms terms, TermWeights weights) => terms.Reconstruction.mean() * Number(weights.Reconstruction);

    public override TermGradients Gradient(BoundTerms terms, TermWeights weights) => new(OfMean(terms, weights.Reconstruction), null);

    public override double Loss(double reconstruction, IReadOnlyList<double>? klPerDimension, double ownTerm, TermWeights weights) =>
        weights.Reconstruction * reconstruction;

    public override double? EffectiveBeta(TermWeights weights) => 0;
}
