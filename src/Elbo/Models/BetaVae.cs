namespace Elbo;

/// <summary>
/// The beta-VAE of Higgins et al. (2017): a VAE with a larger weight on the KL term (4 by default), which trades reconstruction for a more
/// regular latent space.
/// </summary>
public static class BetaVae
{
    internal static Preset Preset { get; } = new(
        "beta-vae",
        "VAE with a weight of 4 on the KL term: a tidier latent space, a blurrier image",
        new ModelOptions(),
        new ObjectiveOptions { KlWeight = 4 });

    /// <summary>Creates a beta-VAE; its weight is <see cref="ObjectiveOptions.KlWeight"/> of the training.</summary>
    /// <inheritdoc cref="Vae.Create"/>
    public static LatentVariableModel Create(ValueShape shape, ModelOptions? options = null, ulong seed = 0) =>
        Preset.Create(shape, options, seed);
}
