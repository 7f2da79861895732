using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Maps the terms of the bound to the number that training minimises, and says which weights it accepts. A new objective is one subclass and
/// one line in <see cref="Objectives"/>.
/// </summary>
internal abstract class Objective
{
    /// <summary>Refuses options that this objective has no use for.</summary>
    public abstract void Validate(ObjectiveOptions options, bool modelHasKullbackLeibler);

    /// <summary>Whether this objective has a use for <see cref="ObjectiveOptions.Capacity"/>.</summary>
    public virtual bool TakesCapacity => false;

    /// <summary>Whether this objective has a use for <see cref="ObjectiveOptions.BoundShare"/>.</summary>
    public virtual bool TakesBoundShare => false;

    /// <summary>Whether this objective takes the KL apart, or draws from the prior, in a way for which the prior must be a Gaussian.</summary>
    public virtual bool NeedsGaussianPrior => false;

    /// <summary>The loss of a batch, a scalar in weighted nats per example.</summary>
    /// <param name="terms">The terms of each example.</param>
    /// <param name="weights">The weights at this step.</param>
    public abstract Tensor Loss(BoundTerms terms, TermWeights weights);

    /// <summary>The gradient of <see cref="Loss(BoundTerms, TermWeights)"/> with respect to the terms.</summary>
    public abstract TermGradients Gradient(BoundTerms terms, TermWeights weights);

    /// <summary>
    /// What the loss contains beside the two terms of the bound, for each example, <c>[batch]</c>; null for nothing. It carries no weight.
    /// </summary>
    public virtual Tensor? OwnTerm(BoundTerms terms) => null;

    /// <summary>
    /// The same loss from terms already averaged over a split, so that a split of any size is judged as training judges a batch.
    /// </summary>
    /// <param name="reconstruction">The mean reconstruction.</param>
    /// <param name="klPerDimension">
    /// The mean KL of each dimension, or that of the whole code alone where it has no such parts; null for a model without it.
    /// </param>
    /// <param name="ownTerm">The mean of <see cref="OwnTerm"/>; 0 where there is none.</param>
    /// <param name="weights">The weights.</param>
    public abstract double Loss(double reconstruction, IReadOnlyList<double>? klPerDimension, double ownTerm, TermWeights weights);

    /// <summary>
    /// The weight on the KL where the reconstruction has the weight one; null for an objective that is no weighted sum of the two terms.
    /// </summary>
    public virtual double? EffectiveBeta(TermWeights weights) => null;

    /// <summary>The gradient of a weighted mean over the batch, the same for each of its examples: weight / batch, <c>[1]</c>.</summary>
    protected static Tensor OfMean(BoundTerms terms, double weight) =>
        full(1, Number(weight / terms.Reconstruction.shape[0]), terms.Reconstruction.dtype, terms.Reconstruction.device);
}

/// <summary>The weights in force at one step.</summary>
internal readonly record struct TermWeights(
    double Reconstruction, double Kl, double FreeBits, double Capacity = 0, double BoundShare = 1);
