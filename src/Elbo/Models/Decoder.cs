using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>The network from codes (and the condition, unless that is switched off) to the parameters of the likelihood.</summary>
internal sealed class Decoder : nn.Module
{
    private readonly ConditionedModule _body;
    private readonly bool _seesCondition;
    private readonly Dense? _skip;

    /// <param name="body">The network.</param>
    /// <param name="seesCondition">Whether it is given the condition's features.</param>
    /// <param name="skip">A layer from these features to what is added to the network's answer, or null.</param>
    public Decoder(ConditionedModule body, bool seesCondition, Dense? skip = null)
        : base(nameof(Decoder))
    {
        (_body, _seesCondition, _skip) = (body, seesCondition, skip);
        register_module("body", body.Module);
        if (skip is not null)
            register_module("skip", skip);
    }

    /// <summary>Decodes <c>[batch, latent]</c> or <c>[samples, batch, latent]</c>; the condition is that of the batch in both cases.</summary>
    public Tensor Decode(Tensor z, Tensor? features, DerivativeChain? chain = null)
    {
        var seen = _seesCondition ? features : null;
        var output = Body(z, seen, chain);
        return _skip is null ? output : AddSkip(output, seen!, chain);
    }

    private Tensor Body(Tensor z, Tensor? seen, DerivativeChain? chain)
    {
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

    // The draws of an example share its condition, and so what is added.
    private Tensor AddSkip(Tensor output, Tensor seen, DerivativeChain? chain)
    {
        var aside = chain?.Aside();
        var added = _skip!.Forward(seen, aside);
        if (chain is null)
            return output.Plus(added);
        chain.Add(gradient =>
        {
            aside!.Back(gradient.dim() == 3 ? gradient.sum(dim: 0) : gradient);
            return gradient;
        });
        return output.add_(added, One);
    }
}
