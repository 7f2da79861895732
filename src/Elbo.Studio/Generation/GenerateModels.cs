namespace Elbo.Studio;

/// <summary>The models that the generate view shows: one, or where none is chosen a conditional VAE beside a VAE.</summary>
/// <param name="Given">The one whose condition is set, and whose samples are drawn first.</param>
/// <param name="Turned">The one whose latent dimensions have sliders.</param>
/// <param name="Planes">Those whose codes are plotted.</param>
internal sealed record GenerateModels(OpenModel Given, OpenModel Turned, IReadOnlyList<OpenModel> Planes)
{
    private const string Digits = "digits";
    private const string Sliders = "sliders";
    private const string PlaneWithoutLabel = "kl-1";
    private const string PlaneWithLabel = "label-standard";

    /// <summary>Whether it is the bundled pair.</summary>
    public bool IsPair => !ReferenceEquals(Given, Turned);

    /// <summary>Opens a model, or for an empty id the bundled pair.</summary>
    /// <inheritdoc cref="ModelStore.Open"/>
    public static async Task<GenerateModels> Open(ModelStore store, string id)
    {
        if (id.Length == 0)
        {
            OpenModel[] planes = [await store.Open(PlaneWithoutLabel), await store.Open(PlaneWithLabel)];
            return new GenerateModels(await store.Open(Digits), await store.Open(Sliders), planes);
        }

        var opened = await store.Open(id);
        return new GenerateModels(opened, opened, CodeSlider.HasCodes(opened) ? [opened] : []);
    }
}
