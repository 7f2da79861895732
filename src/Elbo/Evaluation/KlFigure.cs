namespace Elbo;

/// <summary>The KL term of one latent group over a split, in nats per example and without a weight.</summary>
/// <param name="Group">The name of the group.</param>
/// <param name="Nats">KL(q || p), summed over the group's dimensions.</param>
/// <param name="PerDimension">Its parts, one per dimension; null where it has none, as a Monte Carlo estimate.</param>
/// <param name="IsMonteCarlo">Whether it is the mean of log q(z|x,c) - log p(z|c) over draws, as it has no closed form.</param>
public sealed record KlFigure(string Group, double Nats, IReadOnlyList<double>? PerDimension, bool IsMonteCarlo)
{
    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(KlFigure), PrintMembers);
}
