namespace Elbo.Studio;

/// <summary>
/// All that the first four views ask. Every method that answers belongs on the one thread on which tensors live, and answers plain data.
/// </summary>
internal sealed class ModelServices : IDisposable
{
    private ModelServices(BundledModels models)
    {
        (Bundled, Pictures) = (models, new MnistPictures());
        Codes = new PlaneCodes(models, Pictures);
        Worlds = new WorldService(models, Codes);
        Ledger = new LedgerService(models, Pictures);
        Generation = new GenerationService(models);
        Sliders = new SliderService(models, Pictures);
        Priors = new PriorService(models);
        Completions = new CompletionService(models, Pictures);
    }

    public BundledModels Bundled { get; }

    public MnistPictures Pictures { get; }

    public PlaneCodes Codes { get; }

    public WorldService Worlds { get; }

    public LedgerService Ledger { get; }

    public GenerationService Generation { get; }

    public SliderService Sliders { get; }

    public PriorService Priors { get; }

    public CompletionService Completions { get; }

    /// <summary>Opens the bundled models; weights and images are read at their first use.</summary>
    /// <param name="folder">The folder with a folder for each model; null for <c>models</c> beside the program.</param>
    /// <exception cref="DataException">There are no models, or one of them cannot be read.</exception>
    public static ModelServices Open(string? folder = null) => new(BundledModels.Open(folder));

    /// <summary>Begins a training of one's own, a step at a time: the caller's to dispose.</summary>
    /// <inheritdoc cref="PlaneTraining(BundledModels, MnistPictures, string, bool, ulong)"/>
    public PlaneTraining Train(string model, bool fromTheStart = true, ulong seed = 0) => new(Bundled, Pictures, model, fromTheStart, seed);

    public void Dispose() => Bundled.Dispose();
}
