using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>The network from codes (and the condition, unless that is switched off) to the parameters of the likelihood.</summary>
internal sealed class Decoder : nn.Module
{
    private readonly ConditionedModule _body;
    private readonly bool _seesCondition;

    public Decoder(ConditionedModule body, bool seesCondition)
        : base(nameof(Decoder))
    {
        _body = body;
        _seesCondition = seesCondition;
        register_module("body", body.Module);
    }

    /// <summary>Decodes <c>[batch, latent]</c> or <c>[samples, batch, latent]</c>; the condition is that of the batch in both cases.</summary>
    public Tensor Decode(Tensor z, Tensor? features, DerivativeChain? chain = null)
    {
        var seen = _seesCondition ? features : null;
        if (z.dim() == 2)
            return _body.Forward(z, seen, chain);
        var (samples, batch) = (z.shape[0], z.shape[1]);
        var repeated = seen?.unsqueeze(0).expand(samples, -1, -1).flatten(0, 1);
        if (chain is { NextPassesOn: true })
            chain.Add(gradient => gradient.view(samples, batch, -1));
        var output = _body.Forward(z.flatten(0, 1), repeated, chain);
        chain?.Add(gradient => gradient.flatten(0, 1));
        return output.view(samples, batch, -1);
    }
}
