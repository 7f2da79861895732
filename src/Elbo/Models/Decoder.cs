using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>The network from codes (and the condition, unless that is switched off) to the parameters of the likelihood.</summary>
internal sealed class Decoder : nn.Module
{
    /// <param name="body">The network.</param>
    /// <param name="seesCondition">Whether it gets the condition's features.</param>
    /// <param name="skip">A layer from these features to what is added to the network's output, or null.</param>
    public Decoder(ConditionedModule body, bool seesCondition, Dense? skip = null)
        : base(nameof(Decoder))
    {
        (Body, SeesCondition, Skip) = (body, seesCondition, skip);
        register_module("body", body.Module);
        if (skip is not null)
            register_module("skip", skip);
    }

    public ConditionedModule Body { get; }

    public bool SeesCondition { get; }

    public Dense? Skip { get; }

    /// <summary>
    /// Decodes <c>[batch, latent]</c> or <c>[draws, batch, latent]</c>; the condition is that of the batch in both cases.
    /// </summary>
    public Tensor Decode(Tensor z, Tensor? features)
    {
        var seen = SeesCondition ? features : null;
        var output = z.dim() == 2 ? Body.Forward(z, seen) : DecodeDraws(z, seen);
        // The draws of an example share its condition, and therefore the skip term.
        return Skip is null ? output : output.Plus(Skip.forward(seen!));
    }

    /// <summary>Adds the pass from codes, <c>[batch, latent]</c>, to a computation graph.</summary>
    public GraphValue Describe(GraphValue z, GraphValue? features)
    {
        var seen = SeesCondition ? features : null;
        var output = Body.Describe(z, seen);
        return Skip is null ? output : output + Skip.Describe(seen!);
    }

    private Tensor DecodeDraws(Tensor z, Tensor? seen)
    {
        var (draws, batch) = (z.shape[0], z.shape[1]);
        var repeated = seen?.unsqueeze(0).expand(draws, -1, -1).flatten(0, 1);
        return Body.Forward(z.flatten(0, 1), repeated).view(draws, batch, -1);
    }
}
