namespace Elbo;

/// <summary>
/// The variational autoencoder of Kingma and Welling (2014): q(z|x) = N(mu(x), diag sigma²(x)), p(z) = N(0, I). By default 784-400-20 with ReLU
/// and a Bernoulli likelihood, the recipe of the usual examples.
/// </summary>
public static class Vae
{
    internal static Preset Preset { get; } = new(
        "vae", "variational autoencoder: draws some image", new ModelOptions(), new ObjectiveOptions());

    /// <summary>Creates a VAE.</summary>
    /// <param name="shape">The images.</param>
    /// <param name="options">Other choices; they replace all of the preset's own, its size and its network too.</param>
    /// <param name="seed">The seed of the first weights.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ConfigurationException">The choices do not fit each other.</exception>
    public static LatentVariableModel Create(ImageShape shape, ModelOptions? options = null, ulong seed = 0) =>
        Preset.Create(shape, options, seed);
}
