namespace Elbo;

/// <summary>What an encoder is built from.</summary>
/// <param name="Network">The network from values and condition to the posterior's parameters; null for a posterior without one.</param>
/// <param name="Prior">The model's prior.</param>
/// <param name="LatentSize">The number of latent dimensions.</param>
public sealed record PosteriorContext(ConditionedModule? Network, Prior Prior, int LatentSize)
{
    /// <summary>The network, for a posterior that has one.</summary>
    /// <returns>The network.</returns>
    /// <exception cref="InvalidOperationException">The posterior was registered without outputs of a network.</exception>
    public ConditionedModule RequireNetwork() => Network
        ?? throw new InvalidOperationException(
            "The posterior was registered with 0 outputs for each dimension, so that it has no network.");

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(PosteriorContext), PrintMembers);
}
