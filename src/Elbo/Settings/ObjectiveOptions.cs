namespace Elbo;

/// <summary>An objective and the weights of its terms.</summary>
public sealed record ObjectiveOptions
{
    /// <summary>
    /// <c>elbo</c> (default): both terms; <c>iwae</c>: the importance-weighted bound over <see cref="Samples"/> draws, which takes no
    /// weights; <c>capacity</c>: the KL held at <see cref="Capacity"/> nats, with <see cref="KlWeight"/> on its distance from there;
    /// <c>beta-tc</c>: <see cref="KlWeight"/> on the total correlation alone; <c>hybrid</c>: the bound and the reconstruction by codes from
    /// the prior, by <see cref="BoundShare"/>; <c>reconstruction</c>: that term alone, for a model without a KL term.
    /// </summary>
    public string Kind { get; init; } = "elbo";

    /// <summary>Draws of z over which the reconstruction is averaged; the k of the importance-weighted bound. Default: 1.</summary>
    public int Samples { get; init; } = 1;

    /// <summary>The weight on the KL term: the beta of Higgins et al. (2017). Default: 1.</summary>
    public WeightSchedule KlWeight { get; init; } = 1;

    /// <summary>The weight on the reconstruction term: the beta of the form L = -KL + beta · E[log p(x|z)]. Default: 1.</summary>
    public WeightSchedule ReconstructionWeight { get; init; } = 1;

    /// <summary>
    /// The KL in nats that each latent dimension has without cost (Kingma et al. 2016): the objective counts max(this, batch mean of KL_j).
    /// Default: 0, for no free bits. The reported KL is not affected.
    /// </summary>
    public double FreeBits { get; init; }

    /// <summary>
    /// The KL in nats, summed over latent dimensions, that is the target of the objective <c>capacity</c> (Burgess et al. 2018): a number
    /// or a schedule. Default: 0; it must be 0 for other objectives.
    /// </summary>
    public WeightSchedule Capacity { get; init; } = 0;

    /// <summary>
    /// The share alpha of the bound in the objective <c>hybrid</c>, between 0 and 1; the reconstruction from codes of the prior has the
    /// rest. Default: 0.5, which is required for other objectives.
    /// </summary>
    public double BoundShare { get; init; } = DefaultBoundShare;

    internal const double DefaultBoundShare = 0.5;

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(ObjectiveOptions), PrintMembers);
}
