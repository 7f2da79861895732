namespace Elbo.Studio;

/// <summary>
/// The models that ship with the studio. Their configurations and figures are read at once, the weights of a model at its first use.
/// Everything that uses weights must run on the compute thread.
/// </summary>
internal sealed class BundledModels : IDisposable
{
    private readonly string _folder;
    private readonly Dictionary<string, BundledModel> _byId;
    private readonly Dictionary<string, LatentVariableModel> _loaded = new(StringComparer.Ordinal);

    private BundledModels(string folder, IReadOnlyList<BundledModel> models)
    {
        (_folder, All) = (folder, models);
        _byId = models.ToDictionary(model => model.Id, StringComparer.Ordinal);
    }

    /// <summary>All models, sorted by family, and within the family of loss weights by the KL weight.</summary>
    public IReadOnlyList<BundledModel> All { get; }

    /// <summary>Reads the models of a folder.</summary>
    /// <param name="folder">A folder with one subfolder per model; null for <c>models</c> next to the program.</param>
    /// <exception cref="InputException">No models were found, or one of them cannot be read.</exception>
    public static BundledModels Open(string? folder = null)
    {
        folder ??= Path.Combine(AppContext.BaseDirectory, "models");
        if (!Directory.Exists(folder))
            throw new InputException($"The studio's models are not in {folder}: build it again, or make them with eng/Elbo.StudioModels.");
        // A folder without a configuration belongs to a model that is still being trained.
        var models = Directory.EnumerateDirectories(folder)
            .Select(path => new ModelFolder(path))
            .Where(model => File.Exists(model.Configuration))
            .Select(Describe)
            .OrderBy(model => model.Family)
            .ThenBy(model => model.Family == ModelFamily.Weights ? model.KlWeight : 0)
            .ThenBy(model => model.Id, StringComparer.Ordinal)
            .ToList();
        return new BundledModels(folder, models);
    }

    /// <summary>The models of a family.</summary>
    public IReadOnlyList<BundledModel> OfFamily(ModelFamily family) => [.. All.Where(model => model.Family == family)];

    /// <summary>The model of an id.</summary>
    /// <exception cref="SettingsException">No model has this id.</exception>
    public BundledModel Find(string id) => _byId.TryGetValue(id, out var model) ? model : throw new SettingsException(
        $"The studio has no bundled model '{id}': choose one of {string.Join(", ", _byId.Keys)}.");

    /// <summary>The model of an id with its weights, shared by all callers and disposed by this object.</summary>
    /// <exception cref="SettingsException">No model has this id.</exception>
    /// <exception cref="InputException">Its weights cannot be read.</exception>
    public LatentVariableModel Load(string id)
    {
        if (!_loaded.TryGetValue(id, out var model))
            _loaded.Add(id, model = Copy(id));
        return model;
    }

    /// <summary>A private copy of a model, which the caller may change and disposes.</summary>
    /// <inheritdoc cref="Load"/>
    public LatentVariableModel Copy(string id)
    {
        var model = CopyUntrained(id);
        try
        {
            HalfPrecisionWeights.Load(new ModelFolder(Path.Combine(_folder, id)).Weights, model);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>A model with untrained weights, which the caller disposes.</summary>
    /// <exception cref="SettingsException">No model has this id.</exception>
    public LatentVariableModel CopyUntrained(string id) => Find(id).Configuration.CreateModel();

    public void Dispose()
    {
        foreach (var model in _loaded.Values)
            model.Dispose();
        _loaded.Clear();
    }

    private static BundledModel Describe(ModelFolder folder) => new(
        Path.GetFileName(folder.Path),
        Configurations.Load(folder.Configuration),
        ModelFigures.Read(folder.Figures));
}
