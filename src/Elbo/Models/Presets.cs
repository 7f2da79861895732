namespace Elbo;

/// <summary>The presets by name.</summary>
internal static class Presets
{
    private static readonly Registry<Preset> Registry =
        Fill([Autoencoder.Preset, Vae.Preset, BetaVae.Preset, Cvae.Preset, .. QuadrantCvae.Presets]);

    public static IReadOnlyCollection<string> Names => Registry.Names;

    public static IEnumerable<Preset> All => Registry.Select(entry => entry.Value);

    public static Preset Find(string name) => Registry.Find(name);

    private static Registry<Preset> Fill(params ReadOnlySpan<Preset> presets)
    {
        var registry = new Registry<Preset>("preset");
        foreach (var preset in presets)
            registry[preset.Name] = preset;
        return registry;
    }
}
