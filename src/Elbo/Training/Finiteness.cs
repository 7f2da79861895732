using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>Whether numbers are still numbers, and which term was the first that is not.</summary>
internal static class Finiteness
{
    /// <summary>The terms in the order in which they are looked at.</summary>
    public static IReadOnlyList<string> TermNames { get; } = ["the reconstruction", "the KL term", "the weighted loss"];

    public static bool IsFinite(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().isfinite().all().item<bool>();
    }

    /// <summary>Names the term in which a loss stopped being finite, or null where it is. Costs one look at a scalar as long as all is well.</summary>
    public static string? FirstNotFinite(BoundTerms terms, Tensor loss)
    {
        if (float.IsFinite(loss.item<float>()))
            return null;
        if (!IsFinite(terms.Reconstruction))
            return TermNames[0];
        return terms.KlTerms.All(term => IsFinite(term.Values)) ? TermNames[2] : TermNames[1];
    }
}
