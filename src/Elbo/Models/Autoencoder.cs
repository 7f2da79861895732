namespace Elbo;

/// <summary>
/// The autoencoder: a point for each image and no KL term. It has the standard prior only so that one can see what its decoder makes of
/// codes drawn there, which is why a variational one is needed.
/// </summary>
public static class Autoencoder
{
    internal static Preset Preset { get; } = new(
        "ae",
        "autoencoder: reconstruction alone, a point for each image",
        new ModelOptions { Posterior = Encoders.Point },
        new ObjectiveOptions { Kind = Objectives.Reconstruction });

    /// <summary>Creates an autoencoder.</summary>
    /// <param name="shape">The images.</param>
    /// <param name="options">Other choices; they replace all of the preset's own, its size and its network too.</param>
    /// <param name="seed">The seed of the first weights.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ConfigurationException">The choices do not fit each other.</exception>
    public static LatentVariableModel Create(ImageShape shape, ModelOptions? options = null, ulong seed = 0) =>
        Preset.Create(shape, options is null ? null : options with { Posterior = Encoders.Point }, seed);
}
