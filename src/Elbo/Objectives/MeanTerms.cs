using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The terms of the bound averaged over the examples of a batch or of a whole split: the input of an objective, so that the loss of
/// a split of any size is comparable with that of a training batch.
/// </summary>
public sealed class MeanTerms
{
    private readonly IReadOnlyList<KlTerm> _klTerms;
    private readonly Tensor? _auxiliary;

    /// <summary>Terms from means.</summary>
    /// <param name="reconstruction">The mean reconstruction, a scalar.</param>
    /// <param name="klTerms">The mean of each KL term, with its parts, <c>[latent]</c> or <c>[1]</c>.</param>
    /// <param name="auxiliary">The mean of the objective's auxiliary term, a scalar; null where it has none.</param>
    internal MeanTerms(Tensor reconstruction, IReadOnlyList<KlTerm> klTerms, Tensor? auxiliary = null) =>
        (Reconstruction, _klTerms, _auxiliary) = (reconstruction, klTerms, auxiliary);

    /// <summary>The means over a batch.</summary>
    internal static MeanTerms Of(BoundTerms terms, Tensor? auxiliary) => new(
        terms.Reconstruction.mean(),
        [.. terms.KlTerms.Select(term => term with { Values = term.Parts.mean([0]) })],
        auxiliary?.mean());

    /// <summary>-E_q[log p(x|z,c)].</summary>
    public Tensor Reconstruction { get; }

    /// <summary>The sum of all KL terms.</summary>
    /// <exception cref="MissingTermException">The model has none.</exception>
    public Tensor Kl => Sum(_klTerms.Count > 0
        ? _klTerms.Select(term => term.Values.sum())
        : throw new MissingTermException("a KL term"));

    /// <summary>The KL term of one latent group.</summary>
    /// <param name="group">The name of the group.</param>
    /// <returns>The term, a scalar.</returns>
    /// <exception cref="MissingTermException">The model has no such group, or the group no such term.</exception>
    public Tensor KlOf(string group) => _klTerms.FirstOrDefault(term => term.Name == group)?.Values.sum()
        ?? throw new MissingTermException($"a KL term of the latent group '{group}'");

    /// <summary>The KL of every latent dimension of every group, <c>[latent]</c>.</summary>
    /// <exception cref="MissingTermException">A term has no such parts, because it is a Monte Carlo estimate.</exception>
    public Tensor KlPerDimension => _klTerms.Count == 0
        ? throw new MissingTermException("a KL term")
        : _klTerms.Any(term => !term.HasParts)
            ? throw new MissingTermException(
                "a KL in closed form for each dimension", "omit FreeBits, or choose the Prior 'standard'")
            : cat([.. _klTerms.Select(term => term.Values)]);

    /// <summary>The mean of <see cref="Objective.Auxiliary"/>.</summary>
    public Tensor Auxiliary => _auxiliary ?? throw new InvalidOperationException("The objective has returned no auxiliary term.");

    private static Tensor Sum(IEnumerable<Tensor> terms) => terms.Aggregate((sum, term) => sum.Plus(term));
}
