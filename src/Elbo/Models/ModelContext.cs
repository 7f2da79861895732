namespace Elbo;

/// <summary>What a model of a registered type is built for, as config.json of its run records it.</summary>
/// <param name="Shape">The shape of the values.</param>
/// <param name="Condition">What the model is conditioned on, or null.</param>
/// <param name="LatentSize">The number of latent dimensions, over all groups.</param>
/// <param name="Standardization">How the model standardises values; null for not at all.</param>
/// <param name="Seed">The seed of the training, for initial weights; those of the run replace them.</param>
public sealed record ModelContext(
    ValueShape Shape, Condition? Condition, int LatentSize, Standardization? Standardization, ulong Seed)
{
    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(ModelContext), PrintMembers);
}
