using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>Checks for infinities and NaN, and finds the first term that is not finite.</summary>
internal static class Finiteness
{
    /// <summary>The terms in the order in which they are checked.</summary>
    public static IReadOnlyList<string> TermNames { get; } = ["the reconstruction", "the KL term", "the weighted loss"];

    public static bool IsFinite(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().isfinite().all().item<bool>();
    }

    /// <summary>
    /// Names the term in which a loss stopped being finite, or null where it is. While all is finite, only a scalar is read.
    /// </summary>
    public static string? FirstNotFinite(BoundTerms terms, Tensor loss)
    {
        if (float.IsFinite(loss.item<float>()))
            return null;
        if (!IsFinite(terms.Reconstruction))
            return TermNames[0];
        return terms.KlTerms.All(term => IsFinite(term.Values)) ? TermNames[2] : TermNames[1];
    }
}
