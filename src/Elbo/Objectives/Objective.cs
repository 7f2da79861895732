using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The loss that training minimises, as a function of the terms of the bound; autograd differentiates it. A new objective is one subclass
/// and one call of <see cref="Objectives.Register"/>. It has no state: one instance serves all trainings.
/// </summary>
public abstract class Objective
{
    /// <summary>Rejects options that this objective does not take. Whether the model has its terms is checked by evaluating it.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="SettingsException">An option has no meaning here.</exception>
    public virtual void Validate(ObjectiveOptions options)
    {
    }

    /// <summary>Whether this objective takes <see cref="ObjectiveOptions.Capacity"/>.</summary>
    public virtual bool TakesCapacity => false;

    /// <summary>Whether this objective takes <see cref="ObjectiveOptions.BoundShare"/>.</summary>
    public virtual bool TakesBoundShare => false;

    /// <summary>Whether the prior is always part of the loss, so that it must get a gradient.</summary>
    public virtual bool TrainsPrior => true;

    /// <summary>
    /// Whether <see cref="Auxiliary"/> depends on which examples are together in a batch, and so on the size of the batch.
    /// </summary>
    public virtual bool AuxiliaryDependsOnBatch => false;

    /// <summary>
    /// A further term of the loss besides reconstruction and KL, for each example, <c>[batch]</c>, or a statistic of the batch, a scalar;
    /// null, the default, for none. It is not weighted.
    /// </summary>
    /// <param name="terms">The terms of a pass.</param>
    /// <returns>The term, <c>[batch]</c> or a scalar, or null.</returns>
    public virtual Tensor? Auxiliary(BoundTerms terms) => null;

    /// <summary>The loss, a scalar in weighted nats per example.</summary>
    /// <param name="terms">The terms, averaged over a batch or a split.</param>
    /// <param name="weights">The weights at this step.</param>
    /// <returns>The loss, with a gradient.</returns>
    public abstract Tensor Loss(MeanTerms terms, TermWeights weights);

    /// <summary>
    /// The weight on the KL where the reconstruction has the weight one; null if the objective is not a weighted sum of the two terms.
    /// </summary>
    /// <param name="weights">The weights.</param>
    /// <returns>The effective beta, or null.</returns>
    public virtual double? EffectiveBeta(TermWeights weights) => null;
}

/// <summary>The weights at one step.</summary>
/// <param name="Reconstruction">The weight on the reconstruction.</param>
/// <param name="Kl">The weight on the KL.</param>
/// <param name="FreeBits">The nats that each latent dimension has without cost.</param>
/// <param name="Capacity">The target of the KL in nats, for an objective that takes one.</param>
/// <param name="BoundShare">The share of the bound, for an objective that takes one.</param>
public readonly record struct TermWeights(
    double Reconstruction, double Kl, double FreeBits, double Capacity = 0, double BoundShare = 1)
{
    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(TermWeights), PrintMembers);
}
