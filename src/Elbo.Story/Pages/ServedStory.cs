using System.Text;

namespace Elbo.Story;

/// <summary>
/// The story of the bundled models as a web server sends it: a small page, its code, style and pictures as files, and each pack by itself,
/// made when it is asked for. All of it may be used from several threads.
/// </summary>
internal sealed class ServedStory
{
    /// <summary>The path below which files are.</summary>
    public const string Files = "/story/";

    /// <summary>The path below which the modules are, for pages that load them one by one.</summary>
    public const string Modules = "/story/modules/";

    /// <summary>The path below which packs are, by their names.</summary>
    public const string Packs = "/story/packs/";

    private const string Code = "code";
    private const string Style = "story.css";

    private readonly Dictionary<string, Lazy<ServedFile>> _packs;
    private readonly Dictionary<string, Lazy<ServedFile>> _files;
    private readonly Dictionary<string, Lazy<ServedFile>> _sources;
    private readonly Lazy<IReadOnlyList<StoryModule>> _modules = new(StoryModule.All);

    /// <summary>The story of the bundled models.</summary>
    /// <param name="test">Reads the test images of MNIST; called at the first use of a pack that needs them.</param>
    public ServedStory(Func<ExampleSet> test)
    {
        _packs = StoryPacks.Sources(StoryModels.Bundled(), new Lazy<StoryDigits>(() => StoryDigits.Of(test()))).ToDictionary(
            source => source.Name,
            source => new Lazy<ServedFile>(() => ServedFile.Zipped(source.Pack.ToBytes(), "application/octet-stream")),
            StringComparer.Ordinal);
        _files = PageParts.Stills().ToDictionary(
            still => StillFile(still.Key), still => new Lazy<ServedFile>(() => new ServedFile(still.Value, "image/png", IsZipped: false)),
            StringComparer.Ordinal);
        _sources = StoryModule.Paths().ToDictionary(
            path => path,
            path => new Lazy<ServedFile>(() => Text(StoryModule.ReadSource(path), "text/javascript")),
            StringComparer.Ordinal);
        _files.Add(Code, new(() => Text(PageParts.Code(_modules.Value), "text/plain")));
        _files.Add(Style, new(() => Text(PageParts.Style(), "text/css")));
    }

    /// <summary>The names of all packs.</summary>
    public IReadOnlyCollection<string> PackNames => _packs.Keys;

    /// <summary>The names of all other files.</summary>
    public IReadOnlyCollection<string> FileNames => _files.Keys;

    /// <summary>The packs that a scene loads when it is opened without a state.</summary>
    public IReadOnlyList<string> PacksOf(int scene)
    {
        var found = StoryScene.Of(_modules.Value).Single(each => each.Number == scene);
        return [.. found.Packs, .. found.Optional];
    }

    /// <summary>A pack, a gzipped safetensors file; null if there is none of the name.</summary>
    /// <exception cref="InputException">MNIST cannot be read.</exception>
    public ServedFile? FindPack(string name) => _packs.GetValueOrDefault(name)?.Value;

    /// <summary>A module as it was written; null if there is none of the path.</summary>
    public ServedFile? FindModule(string path) => _sources.GetValueOrDefault(path)?.Value;

    /// <summary>Another file; null if there is none of the name.</summary>
    public ServedFile? FindFile(string name) => _files.GetValueOrDefault(name)?.Value;

    /// <summary>Writes the page.</summary>
    /// <param name="attributes">Further attributes of the html element.</param>
    /// <param name="nonce">The nonce of the page's content security policy, for its one script.</param>
    /// <param name="icon">The address of the page's icon.</param>
    /// <param name="data">Further data elements.</param>
    public string WritePage(string attributes, string nonce, string icon, string data)
    {
        var parts = PageParts.Stills().Keys.ToDictionary(name => name, name => AddressOf(StillFile(name)), StringComparer.Ordinal);
        parts["attributes"] = $"{attributes} data-code=\"{AddressOf(Code)}\" data-packs=\"{Packs}\"";
        parts["policy"] = $"<link rel=\"icon\" type=\"image/svg+xml\" href=\"{icon}\">\n";
        parts["style"] = $"<link rel=\"stylesheet\" href=\"{AddressOf(Style)}\">\n";
        parts["alone"] = parts["aloneinchinese"] = "";
        parts["data"] = data;
        parts["nonce"] = $" nonce=\"{nonce}\"";
        parts["bootstrap"] = PageParts.Bootstrap();
        return PageTemplate.Fill(PageParts.Template(), parts);
    }

    private static ServedFile Text(string text, string type) =>
        ServedFile.Zipped(Encoding.UTF8.GetBytes(text), $"{type}; charset=utf-8");

    private static string StillFile(string name) => $"{name}.png";

    // With the tag, so that a browser may keep it for ever.
    private string AddressOf(string file) => $"{Files}{file}?v={_files[file].Value.Tag}";
}
