namespace Elbo;

/// <summary>All mass on one point, in a computation graph.</summary>
/// <param name="mean">The point, <c>[batch, latent]</c>.</param>
public sealed class GraphPoint(GraphValue mean) : GraphDistribution
{
    /// <inheritdoc/>
    public override GraphValue Mean => mean;

    /// <inheritdoc/>
    public override GraphValue? LogVariance => null;

    internal override GraphValue Sample(GraphValue noise) => mean;

    internal override GraphValue LogDensity(GraphValue z) => throw new InvalidOperationException("A point mass has no density.");

    internal override GraphValue LogDensityOfSample(GraphValue noise) => LogDensity(mean);
}
