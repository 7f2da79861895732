using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The importance-weighted bound of Burda, Grosse and Salakhutdinov (2016): -log 1/k Σ_k w_k with w_k = p(x|z_k,c) p(z_k|c) / q(z_k|x,c),
/// over k draws from q. It is tighter than the evidence lower bound, which it is for k = 1 with a Monte Carlo KL.
/// </summary>
internal sealed class ImportanceWeightedBound : Objective
{
    public override void Validate(ObjectiveOptions options)
    {
        if (options is not { KlWeight: ConstantWeight { Weight: 1 }, ReconstructionWeight: ConstantWeight { Weight: 1 }, FreeBits: 0 })
        {
            throw new SettingsException(
                "The objective 'iwae' is not a sum of its two terms: it takes neither a KL weight, nor a weight on the reconstruction, nor "
                + "free bits.");
        }
    }

    public override Tensor Auxiliary(BoundTerms terms)
    {
        if (terms.KlTerms.Count == 0)
            throw new MissingTermException("a posterior other than the prior, for importance weights");
        var logWeights = terms.LogWeights;
        return logWeights.dim() == 2
            ? Number(Math.Log(logWeights.shape[0])).Minus(logWeights.logsumexp(0))
            : -logWeights;
    }

    public override Tensor Loss(MeanTerms terms, TermWeights weights) => terms.Auxiliary;
}
