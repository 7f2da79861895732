namespace Elbo.Studio;

/// <summary>
/// The services that compute what the views of models show. Their methods must be called on the compute thread, and return plain data.
/// </summary>
internal sealed class ModelServices : IDisposable
{
    private ModelServices(BundledModels models)
    {
        (Bundled, MnistImages) = (models, new MnistImages());
        Priors = new PriorService(models);
        Completions = new CompletionService(models, MnistImages);
    }

    public BundledModels Bundled { get; }

    public MnistImages MnistImages { get; }

    public PriorService Priors { get; }

    public CompletionService Completions { get; }

    /// <summary>Opens the bundled models; weights and images are read at their first use.</summary>
    /// <param name="folder">A folder with one subfolder per model; null for <c>models</c> next to the program.</param>
    /// <exception cref="InputException">No models were found, or one of them cannot be read.</exception>
    public static ModelServices Open(string? folder = null) => new(BundledModels.Open(folder));

    /// <summary>Starts a step-by-step training of a private copy of a model, which the caller disposes.</summary>
    /// <inheritdoc cref="PlaneTraining(BundledModels, MnistImages, string, bool, ulong)"/>
    public PlaneTraining Train(string model, bool fromTheStart = true, ulong seed = 0) =>
        new(Bundled, MnistImages, model, fromTheStart, seed);

    public void Dispose() => Bundled.Dispose();
}
