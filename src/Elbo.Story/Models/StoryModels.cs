namespace Elbo.Story;

/// <summary>The models that the bundled story speaks of.</summary>
/// <param name="Models">The models by their names.</param>
/// <param name="Classifier">The reader of digits.</param>
internal sealed record StoryModels(IReadOnlyDictionary<string, StoryModel> Models, StoryClassifier Classifier)
{
    /// <summary>The model with two latent dimensions that most scenes are about; drawn digits are encoded in its plane.</summary>
    public const string Plane = "plane";

    private const string Resources = "models/";
    private const string Configuration = "config.json";
    private const string Figures = "figures.json";
    private const string Weights = "weights.safetensors";

    /// <summary>The model of a name.</summary>
    public StoryModel this[string id] => Models[id];

    /// <summary>The models that are part of this assembly.</summary>
    public static StoryModels Bundled() => Read(
        WebFiles.Names(Resources).Select(name => name[Resources.Length..name.LastIndexOf('/')]).Distinct(StringComparer.Ordinal),
        (id, file) => WebFiles.Read($"{Resources}{id}/{file}"));

    /// <summary>The models of a folder, with one subfolder for each; one that is being trained is left out.</summary>
    public static StoryModels InFolder(string folder) => Read(
        Directory.EnumerateDirectories(folder)
            .Where(path => File.Exists(Path.Combine(path, Configuration)) || Path.GetFileName(path) == StoryClassifier.Id)
            .Select(path => Path.GetFileName(path)!),
        (id, file) => File.ReadAllBytes(Path.Combine(folder, id, file)));

    private static StoryModels Read(IEnumerable<string> ids, Func<string, string, byte[]> read)
    {
        var models = new SortedDictionary<string, StoryModel>(StringComparer.Ordinal);
        foreach (var id in ids.Where(id => id != StoryClassifier.Id))
        {
            var configuration = RunConfiguration.Read(Text(id, Configuration), $"{id}/{Configuration}");
            models.Add(id, StoryModel.Of(id, configuration, FiguresOf(id), WeightsOf(id), encodesInPage: id == Plane));
        }

        return new StoryModels(models, StoryClassifier.Of(FiguresOf(StoryClassifier.Id), WeightsOf(StoryClassifier.Id)));

        string Text(string id, string file) => System.Text.Encoding.UTF8.GetString(read(id, file));

        StoryFigures FiguresOf(string id) => StoryFigures.Parse(Text(id, Figures));

        Pack WeightsOf(string id) => Pack.Read(id, read(id, Weights));
    }
}
