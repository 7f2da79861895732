using static TorchSharp.torch;

namespace Elbo;

/// <summary>The KL term of one group of latent variables, in nats and without a weight.</summary>
/// <param name="Name">The name of the group.</param>
/// <param name="Values">
/// Its parts for each example, <c>[batch, latent]</c>, or <c>[batch, 1]</c> without parts; with a leading dimension if it differs between
/// draws.
/// </param>
/// <param name="IsMonteCarlo">Whether it is an estimate from draws, because the KL has no closed form.</param>
public sealed record KlTerm(string Name, Tensor Values, bool IsMonteCarlo)
{
    /// <summary>Whether there is one value for each latent dimension: not for a Monte Carlo estimate.</summary>
    public bool HasParts { get; init; } = !IsMonteCarlo;

    /// <summary>The parts of each example, averaged over draws, <c>[batch, latent]</c> or <c>[batch, 1]</c>.</summary>
    public Tensor Parts => Values.dim() == 3 ? Values.mean([0]) : Values;

    /// <summary>The sum over the parts, <c>[batch]</c> or <c>[draws, batch]</c>.</summary>
    public Tensor PerDraw => Values.sum(-1);
}
