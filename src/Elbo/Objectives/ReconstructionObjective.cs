using static TorchSharp.torch;

namespace Elbo;

/// <summary>What an autoencoder minimises: w_r · (-log p(x|z)).</summary>
internal sealed class ReconstructionObjective : Objective
{
    public override bool TrainsPrior => false;

    public override void Validate(ObjectiveOptions options)
    {
        if (options.KlWeight is not ConstantWeight { Weight: 1 } || options.FreeBits != 0)
            throw new SettingsException("The objective 'reconstruction' has no KL term: it takes neither a KL weight nor free bits.");
    }

    public override Tensor Loss(MeanTerms terms, TermWeights weights) => terms.Reconstruction * Number(weights.Reconstruction);

    public override double? EffectiveBeta(TermWeights weights) => 0;
}
