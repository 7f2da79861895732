namespace Elbo.Studio;

/// <summary>
/// The evidence lower bound of one example for one sampled code, with the contributions of its numbers and of the latent dimensions, in
/// nats.
/// </summary>
internal sealed record ElboBreakdown
{
    /// <summary>The example: an image as the model sees it, or a row of a table in the units of the data.</summary>
    public required ExampleValues Value { get; init; }

    /// <summary>The mean of p(x|z,c) at the sampled code.</summary>
    public required ExampleValues Decoded { get; init; }

    /// <summary>Ones for numbers that are scored, zeros for those that are part of the condition; null where all are scored.</summary>
    public required IReadOnlyList<float>? Target { get; init; }

    /// <summary>-log p(x|z,c) of each number; 0 for those that are part of the condition.</summary>
    public required IReadOnlyList<double> ReconstructionPerValue { get; init; }

    /// <summary>-log p(x|z,c): the sum over all numbers of the target.</summary>
    public required double Reconstruction { get; init; }

    /// <summary>The least that <see cref="Reconstruction"/> can be (<see cref="GreyFloor"/>); null where it has no such floor.</summary>
    public required double? Floor { get; init; }

    /// <summary>The breakdown of each latent dimension.</summary>
    public required IReadOnlyList<DimensionBreakdown> Dimensions { get; init; }

    /// <summary>KL(q(z|x,c) || p(z|c)); null for an autoencoder.</summary>
    public required double? Kl { get; init; }

    /// <summary>The bound and -log p(x|c) over many draws; null for an autoencoder.</summary>
    public required LikelihoodReport? Likelihood { get; init; }

    /// <summary>-ELBO for the sampled code, the sum of both terms; null for an autoencoder.</summary>
    public double? NegativeElbo => Reconstruction + Kl;
}

/// <summary>One latent dimension of the code of an example.</summary>
/// <param name="Index">Which dimension, from 0.</param>
/// <param name="Mean">mu of q(z|x,c).</param>
/// <param name="Deviation">Its sigma; null for an autoencoder.</param>
/// <param name="Epsilon">The sampling noise; null for an autoencoder, whose code is deterministic.</param>
/// <param name="Code">z = mu + sigma * epsilon.</param>
/// <param name="Kl">The KL of this dimension in nats; null for an autoencoder, and for a prior whose KL has no parts.</param>
/// <param name="IsInactive">Whether the dimension carries no information about any of the shown examples.</param>
internal sealed record DimensionBreakdown(
    int Index, double Mean, double? Deviation, double? Epsilon, double Code, double? Kl, bool IsInactive);
