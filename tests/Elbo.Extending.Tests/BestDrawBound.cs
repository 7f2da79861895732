using static TorchSharp.torch;

namespace Extending;

// begin
/// <summary>
/// -max_k log w_k over k draws of z, with w_k = p(x|z_k,c) p(z_k|c) / q(z_k|x,c): the importance-weighted bound where one draw
/// outweighs all others, and then the gradient of that draw alone (the VR-max of Li and Turner 2016).
/// </summary>
internal sealed class BestDrawBound : Objective
{
    public override void Validate(ObjectiveOptions options)
    {
        if (options is not { KlWeight: ConstantWeight { Weight: 1 }, ReconstructionWeight: ConstantWeight { Weight: 1 }, FreeBits: 0 })
            throw new SettingsException("The objective 'best-draw' is not a sum of two terms: it takes no weights and no free bits.");
    }

    public override Tensor Auxiliary(BoundTerms terms) => terms.LogWeights.dim() == 2 ? -terms.LogWeights.amax([0]) : -terms.LogWeights;

    public override Tensor Loss(MeanTerms terms, TermWeights weights) => terms.Auxiliary;
}
// end
