using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The importance-weighted bound of Burda, Grosse and Salakhutdinov (2016): -log 1/k Σ_k w_k with
/// w_k = p(x|z_k,c) p(z_k|c) / q(z_k|x,c), over k draws from q. It is tighter than the evidence lower bound, which it is for k = 1 with the
/// divergence by Monte Carlo. Its reparametrised gradient is the mean of those of log w_k under the weights w̃_k = w_k / Σ w.
/// </summary>
internal sealed class ImportanceWeightedBound : Objective
{
    public override void Validate(ObjectiveOptions options, bool modelHasKullbackLeibler)
    {
        if (!modelHasKullbackLeibler)
            throw new ConfigurationException("This model has no posterior to weigh draws of: train it with --objective reconstruction.");
        if (options is not { KlWeight: ConstantWeight { Weight: 1 }, ReconstructionWeight: ConstantWeight { Weight: 1 }, FreeBits: 0 })
        {
            throw new ConfigurationException(
                "The objective 'iwae' does not take its two terms apart: it takes neither a KL weight, nor a weight on the reconstruction, nor "
                + "free bits.");
        }
    }

    public override Tensor OwnTerm(BoundTerms terms) => terms.LogWeights is { } logs && logs.dim() == 2
        ? Number(Math.Log(logs.shape[0])).Minus(logs.logsumexp(0))
        : -terms.LogWeights;

    public override Tensor Loss(BoundTerms terms, TermWeights weights) => OwnTerm(terms).mean();

    public override TermGradients Gradient(BoundTerms terms, TermWeights weights)
    {
        var logs = terms.LogWeights;
        var normalized = logs.dim() == 2 ? logs.softmax(0) : ones_like(logs);
        return new TermGradients(null, null) { LogWeights = normalized * Number(-1.0 / logs.shape[^1]) };
    }

    public override double Loss(double reconstruction, IReadOnlyList<double>? klPerDimension, double ownTerm, TermWeights weights) => ownTerm;
}
