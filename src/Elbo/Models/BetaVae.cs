namespace Elbo;

/// <summary>
/// The beta-VAE of Higgins et al. (2017): a VAE whose KL term weighs more (4 by default), which buys a tidy latent space with reconstruction.
/// </summary>
public static class BetaVae
{
    internal static Preset Preset { get; } = new(
        "beta-vae",
        "VAE with a weight of 4 on the KL term: a tidier latent space, a blurrier image",
        new ModelOptions(),
        new ObjectiveOptions { KlWeight = 4 });

    /// <summary>Creates a beta-VAE; its weight is <see cref="ObjectiveOptions.KlWeight"/> of the training.</summary>
    /// <param name="shape">The images.</param>
    /// <param name="options">Other choices; they replace all of the preset's own, its size and its network too.</param>
    /// <param name="seed">The seed of the first weights.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ConfigurationException">The choices do not fit each other.</exception>
    public static LatentVariableModel Create(ImageShape shape, ModelOptions? options = null, ulong seed = 0) =>
        Preset.Create(shape, options, seed);
}
