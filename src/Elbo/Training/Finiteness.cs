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
    /// <param name="terms">The terms of this process's examples.</param>
    /// <param name="loss">The loss of the batch, the same in every process.</param>
    /// <param name="processes">The processes that share the batch.</param>
    public static string? FirstNotFinite(BoundTerms terms, Tensor loss, IProcessGroup processes) => float.IsFinite(loss.item<float>())
        ? null
        : TermNames[processes.Gather([FirstNotFinite(terms)]).Min(term => term[0])];

    private static byte FirstNotFinite(BoundTerms terms) =>
        (byte)(!IsFinite(terms.Reconstruction) ? 0 : terms.KlTerms.All(term => IsFinite(term.Values)) ? 2 : 1);
}
