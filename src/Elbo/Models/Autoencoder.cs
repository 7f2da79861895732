namespace Elbo;

/// <summary>
/// The autoencoder: a point for each image and no KL term. It has the standard prior only to show what its decoder makes of
/// samples from it, which motivates the variational autoencoder.
/// </summary>
public static class Autoencoder
{
    internal static Preset Preset { get; } = new(
        "ae",
        "autoencoder: reconstruction alone, a point for each image",
        new ModelOptions { Posterior = Encoders.Point },
        new ObjectiveOptions { Kind = Objectives.Reconstruction });

    /// <summary>Creates an autoencoder.</summary>
    /// <inheritdoc cref="Vae.Create"/>
    public static LatentVariableModel Create(ValueShape shape, ModelOptions? options = null, ulong seed = 0) =>
        Preset.Create(shape, options is null ? null : options with { Posterior = Encoders.Point }, seed);
}
