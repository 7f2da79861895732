namespace Elbo;

/// <summary>
/// A distribution over latent codes in a computation graph: what a posterior or prior describes of the distribution
/// that it computes.
/// </summary>
public abstract class GraphDistribution
{
    /// <summary>log 2π.</summary>
    private protected static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    private protected GraphDistribution()
    {
    }

    /// <summary>E[z], <c>[batch or 1, latent]</c>.</summary>
    public abstract GraphValue Mean { get; }

    /// <summary>The logarithm of the variance of each dimension, in the shape of <see cref="Mean"/>; null for a point.</summary>
    public abstract GraphValue? LogVariance { get; }

    /// <summary>The draws that noise makes, <c>[batch, latent]</c>.</summary>
    internal abstract GraphValue Sample(GraphValue noise);

    /// <summary>log density of z in nats, <c>[batch]</c>.</summary>
    internal abstract GraphValue LogDensity(GraphValue z);

    /// <summary>The log density of the draw that noise makes, <c>[batch]</c>.</summary>
    internal abstract GraphValue LogDensityOfSample(GraphValue noise);

    /// <summary>KL(this || prior) in nats, <c>[batch]</c>, in closed form; null where there is none.</summary>
    internal virtual GraphValue? KullbackLeibler(GraphDistribution prior) => null;
}
