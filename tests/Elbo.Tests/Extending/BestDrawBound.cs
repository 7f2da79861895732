using static TorchSharp.torch;

namespace Elbo.Tests;

// begin
/// <summary>
/// -max_k log w_k over k draws of z, with w_k = p(x|z_k,c) p(z_k|c) / q(z_k|x,c): what the importance-weighted bound comes to where one draw
/// outweighs all others, and then the gradient of that draw alone (the VR-max of Li and Turner 2016).
/// </summary>
internal sealed class BestDrawBound : Objective
{
    public override void Validate(ObjectiveOptions options, bool modelHasKullbackLeibler)
    {
        if (!modelHasKullbackLeibler)
            throw new ConfigurationException("This model has no posterior to weigh draws of: train it with --objective reconstruction.");
        if (options is not { KlWeight: ConstantWeight { Weight: 1 }, ReconstructionWeight: ConstantWeight { Weight: 1 }, FreeBits: 0 })
            throw new ConfigurationException("The objective 'best-draw' does not take its two terms apart: it takes no weights and no free bits.");
    }

    public override Tensor OwnTerm(BoundTerms terms) => -Best(Draws(terms)).squeeze(0);

    public override Tensor Loss(BoundTerms terms, TermWeights weights) => OwnTerm(terms).mean();

    public override TermGradients Gradient(BoundTerms terms, TermWeights weights)
    {
        var draws = Draws(terms);
        var isBest = draws.eq(Best(draws)).to(draws.dtype).view_as(terms.LogWeights);
        return new TermGradients(null, null) { LogWeights = isBest * Number(-1.0 / draws.shape[1]) };
    }

    public override double Loss(double reconstruction, IReadOnlyList<double>? klPerDimension, double ownTerm, TermWeights weights) => ownTerm;

    // [samples, batch], for a single draw as well.
    private static Tensor Draws(BoundTerms terms) => terms.LogWeights is { } logs && logs.dim() == 2 ? logs : terms.LogWeights.unsqueeze(0);

    private static Tensor Best(Tensor draws) => draws.amax([0], keepdim: true);
}
// end
