namespace Elbo;

/// <summary>
/// The variational autoencoder of Kingma and Welling (2014): q(z|x) = N(mu(x), diag sigma²(x)), p(z) = N(0, I). By default 784-400-20 with
/// ReLU and a Bernoulli likelihood, the recipe of the usual examples.
/// </summary>
public static class Vae
{
    internal static Preset Preset { get; } = new(
        "vae", "variational autoencoder: draws some image", new ModelOptions(), new ObjectiveOptions());

    /// <summary>Creates a VAE.</summary>
    /// <param name="shape">The images.</param>
    /// <param name="options">Other options, which replace all of the preset's, including latent size and network.</param>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <returns>The model.</returns>
    /// <exception cref="SettingsException">The options are not compatible with each other.</exception>
    public static LatentVariableModel Create(ValueShape shape, ModelOptions? options = null, ulong seed = 0) =>
        Preset.Create(shape, options, seed);
}
