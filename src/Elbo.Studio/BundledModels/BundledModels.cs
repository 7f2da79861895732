namespace Elbo.Studio;

/// <summary>
/// The models that ship with the studio. What they are and their figures are read at once, and weights when a model is first asked for. Everything
/// that touches weights belongs on the one thread on which tensors live.
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

    /// <summary>Every model, family by family; those told apart by their weights in the order of the KL weight.</summary>
    public IReadOnlyList<BundledModel> All { get; }

    /// <summary>Reads the models of a folder.</summary>
    /// <param name="folder">The folder with a folder for each model; null for <c>models</c> beside the program.</param>
    /// <exception cref="DataException">There are no models, or one of them cannot be read.</exception>
    public static BundledModels Open(string? folder = null)
    {
        folder ??= Path.Combine(AppContext.BaseDirectory, "models");
        if (!Directory.Exists(folder))
            throw new DataException($"The studio's models are not in {folder}: build it again, or make them with eng/Elbo.StudioModels.");
        // What lacks its configuration is being made.
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

    /// <summary>The models that are there to show one thing.</summary>
    public IReadOnlyList<BundledModel> OfFamily(ModelFamily family) => [.. All.Where(model => model.Family == family)];

    /// <summary>The model of an id.</summary>
    /// <exception cref="ConfigurationException">There is none.</exception>
    public BundledModel Find(string id) => _byId.TryGetValue(id, out var model) ? model : throw new ConfigurationException(
        $"The studio has no bundled model '{id}': choose one of {string.Join(", ", _byId.Keys)}.");

    /// <summary>The model of an id with its weights, shared by all callers and disposed by this object.</summary>
    /// <exception cref="ConfigurationException">There is none.</exception>
    /// <exception cref="DataException">Its weights cannot be read.</exception>
    public LatentVariableModel Load(string id)
    {
        if (!_loaded.TryGetValue(id, out var model))
            _loaded.Add(id, model = Copy(id));
        return model;
    }

    /// <summary>A copy of a model to change: the caller's to dispose.</summary>
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

    /// <summary>The model as it was before its training, with the weights it started from: the caller's to dispose.</summary>
    /// <exception cref="ConfigurationException">There is no model of this id.</exception>
    public LatentVariableModel CopyUntrained(string id) => Find(id).Configuration.CreateModel();

    public void Dispose()
    {
        foreach (var model in _loaded.Values)
            model.Dispose();
        _loaded.Clear();
    }

    private static BundledModel Describe(ModelFolder folder) => new(
        Path.GetFileName(folder.Path),
        RunConfiguration.Read(File.ReadAllText(folder.Configuration), folder.Configuration),
        Json.Read<ModelFigures>(File.ReadAllText(folder.Figures), folder.Figures));
}
