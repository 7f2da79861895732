using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The mean terms of a batch that several processes share. A mean is m = Σ_r m_r, where m_r is the sum over the examples of process r
/// divided by the size of the whole batch; the loss L is a function of the means, and dL/dθ = Σ_r dL/dm · dm_r/dθ. So each process takes
/// the derivative of L with respect to the means, which are the same everywhere, and goes on from there with its own part: the gradients of
/// the processes add up to that of the batch, whatever the objective does with its means.
/// </summary>
internal sealed class SharedMeans
{
    private readonly Tensor[] _own;
    private readonly Tensor[] _means;

    private SharedMeans(Tensor[] own, Tensor[] means, BoundTerms terms)
    {
        (_own, _means) = (own, means);
        var kl = terms.KlTerms.Select((term, index) => term with { Values = means[1 + index] });
        Means = new MeanTerms(means[0], [.. kl], means.Length > 1 + terms.KlTerms.Count ? means[^1] : null);
    }

    /// <summary>The means over the whole batch, the same in every process, at which the objective is differentiated.</summary>
    public MeanTerms Means { get; }

    /// <summary>Whether any part is a function of a parameter.</summary>
    public bool HasGradient => _own.Any(part => part.requires_grad);

    /// <summary>The means of the terms of a batch.</summary>
    /// <param name="terms">The terms of this process's examples, with gradients.</param>
    /// <param name="objective">The objective, which may have a further term.</param>
    /// <param name="share">Which examples of the batch they are.</param>
    /// <param name="processes">The processes of the training.</param>
    public static SharedMeans Of(BoundTerms terms, WeightedObjective objective, ProcessShare share, IProcessGroup processes)
    {
        // An example that only stands in where a process has none counts for nothing.
        var weight = Number(share.Count == 0 ? 0 : 1.0 / share.Total);
        List<Tensor> own =
        [
            terms.Reconstruction.sum() * weight,
            .. terms.KlTerms.Select(term => term.Parts.sum(dim: 0) * weight),
        ];
        if (!objective.HasAuxiliary)
            return new SharedMeans([.. own], Sum(own, processes), terms);
        if (!objective.AuxiliaryDependsOnBatch)
        {
            var auxiliary = objective.Auxiliary(terms)!;
            // A scalar is the same for every example.
            own.Add(auxiliary.dim() == 0 ? auxiliary * Number((double)share.Count / share.Total) : auxiliary.sum() * weight);
            return new SharedMeans([.. own], Sum(own, processes), terms);
        }

        // Every process computes the term of the whole batch, with the gradient of its own examples; the value is that of process 0.
        var whole = objective.Auxiliary(WholeBatch.Of(terms, share, processes))!.mean();
        var means = Sum([.. own, processes.Rank == 0 ? whole : zeros_like(whole)], processes);
        return new SharedMeans([.. own, whole], means, terms);
    }

    /// <summary>Takes the derivative of a loss of <see cref="Means"/> to the parameters: this process's part of the gradient.</summary>
    /// <param name="loss">The loss.</param>
    public void Backward(Tensor loss)
    {
        loss.backward();
        _own.Zip(_means)
            .Where(pair => pair.First.requires_grad && pair.Second.grad is not null)
            .Select(pair => (pair.First * pair.Second.grad!).sum())
            .Aggregate((sum, part) => sum.Plus(part))
            .backward();
    }

    /// <summary>
    /// The sums of tensors over the processes, in one message, in float64: tensors without a history, of which derivatives can be taken.
    /// </summary>
    /// <param name="own">The parts of this process, of one type; each process gives tensors of the same shapes.</param>
    /// <param name="processes">The processes of the training.</param>
    public static Tensor[] Sum(IReadOnlyList<Tensor> own, IProcessGroup processes)
    {
        using var _ = no_grad();
        var joined = cat([.. own.Select(part => part.detach().reshape(-1))]).to(float64);
        processes.Sum(joined);
        var means = new Tensor[own.Count];
        var offset = 0L;
        for (var i = 0; i < means.Length; offset += own[i].numel(), i++)
            means[i] = joined.narrow(0, offset, own[i].numel()).reshape(own[i].shape).to(own[i].dtype, copy: true).requires_grad_();
        return means;
    }
}
