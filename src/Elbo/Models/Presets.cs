namespace Elbo;

/// <summary>The presets by name: the model options and the objective of each variant of the command line.</summary>
public static class Presets
{
    private static readonly Registry<Preset> Registry =
        Fill([Autoencoder.Preset, Vae.Preset, BetaVae.Preset, Cvae.Preset, .. QuadrantCvae.Presets]);

    /// <summary>Their names.</summary>
    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>All presets.</summary>
    public static IEnumerable<Preset> All => Registry.Select(entry => entry.Value);

    /// <summary>The preset of a name.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <returns>The preset.</returns>
    /// <exception cref="SettingsException">There is none.</exception>
    public static Preset Find(string name) => Registry.Find(name);

    private static Registry<Preset> Fill(params ReadOnlySpan<Preset> presets)
    {
        var registry = new Registry<Preset>("preset");
        foreach (var preset in presets)
            registry[preset.Name] = preset;
        return registry;
    }
}
