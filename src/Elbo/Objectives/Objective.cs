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

    /// <summary>The loss of a batch, a scalar in weighted nats per example.</summary>
    /// <param name="terms">The terms of each example.</param>
    /// <param name="weights">The weights at this step.</param>
    public abstract Tensor Loss(BoundTerms terms, TermWeights weights);

    /// <summary>
    /// The same loss from terms already averaged over a split, so that a split of any size is judged as training judges a batch.
    /// </summary>
    public abstract double Loss(double reconstruction, IReadOnlyList<double>? klPerDimension, TermWeights weights);
}

/// <summary>The weights in force at one step.</summary>
internal readonly record struct TermWeights(double Reconstruction, double Kl, double FreeBits);
