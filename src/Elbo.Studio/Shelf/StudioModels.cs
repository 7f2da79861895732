namespace Elbo.Studio;

/// <summary>
/// All that the first four views ask. Every method that answers belongs on the one thread on which tensors live, and answers plain data.
/// </summary>
internal sealed class StudioModels : IDisposable
{
    private StudioModels(ModelShelf shelf)
    {
        (Shelf, Pictures) = (shelf, new MnistPictures());
        Codes = new PlaneCodes(shelf, Pictures);
        Worlds = new WorldService(shelf, Codes);
        Ledger = new LedgerService(shelf, Pictures);
        Generation = new GenerationService(shelf);
        Sliders = new SliderService(shelf, Pictures);
        Priors = new PriorService(shelf);
        Completions = new CompletionService(shelf, Pictures);
    }

    public ModelShelf Shelf { get; }

    public MnistPictures Pictures { get; }

    public PlaneCodes Codes { get; }

    public WorldService Worlds { get; }

    public LedgerService Ledger { get; }

    public GenerationService Generation { get; }

    public SliderService Sliders { get; }

    public PriorService Priors { get; }

    public CompletionService Completions { get; }

    /// <summary>Opens what is on a shelf; weights and images are read when they are first asked for.</summary>
    /// <param name="folder">The folder with a folder for each model; null for <c>models</c> beside the program.</param>
    /// <exception cref="DataException">There are no models, or one of them cannot be read.</exception>
    public static StudioModels Open(string? folder = null) => new(ModelShelf.Open(folder));

    /// <summary>Begins a training of one's own, a step at a time: the caller's to dispose.</summary>
    /// <inheritdoc cref="PlaneTraining(ModelShelf, MnistPictures, string, bool, ulong)"/>
    public PlaneTraining Train(string model, bool fromTheStart = true, ulong seed = 0) => new(Shelf, Pictures, model, fromTheStart, seed);

    public void Dispose() => Shelf.Dispose();
}
