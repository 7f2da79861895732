using System.Globalization;
using System.Text;

namespace Elbo.Story;

/// <summary>
/// The story as one HTML file that opens from a disk: modules, style, texts, models and pictures are in it, and nothing is loaded. The same
/// parts give the same bytes.
/// </summary>
public sealed class StoryPage
{
    private readonly byte[] _html;

    private StoryPage(byte[] html, StorySizes sizes, IReadOnlyList<int> scenes, IReadOnlyList<string> notes) =>
        (_html, Sizes, Scenes, Notes) = (html, sizes, scenes, notes);

    private const string Policy =
        "default-src 'none'; script-src 'unsafe-inline' blob:; style-src 'unsafe-inline'; img-src data: blob:; worker-src blob:; "
        + "base-uri 'none'; form-action 'none'";

    /// <summary>The file, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Html => _html;

    /// <summary>The numbers of the scenes in it, from 1.</summary>
    public IReadOnlyList<int> Scenes { get; }

    /// <summary>One sentence for each scene, and for each run, that is left out.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Whether pictures of the data are in it.</summary>
    public bool HasPictures => Sizes.Digits > 0;

    /// <summary>What its parts weigh and what they may weigh, in one line.</summary>
    public string SizeText => Sizes.ToString();

    /// <summary>What its parts weigh.</summary>
    internal StorySizes Sizes { get; }

    /// <summary>The page of the bundled models.</summary>
    /// <param name="withData">Whether the digits of MNIST are in it; scenes that need them are left out otherwise.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InputException">MNIST cannot be read.</exception>
    public static StoryPage Bundled(bool withData = true)
    {
        var packs = StoryPacks.Of(StoryModels.Bundled(), StoryDigits.Of(Mnist.Load().Test));
        return Of([.. packs.Where(pack => withData || !IsOfDigits(pack.Name))], [], new Dictionary<string, string>(), isOwn: false);
    }

    /// <summary>
    /// The page of one's own runs, with the scenes that apply. That of beta needs three runs or more with two latent dimensions that differ
    /// in beta alone.
    /// </summary>
    /// <param name="folders">The folders of the runs; where several could take a place, the first one has it.</param>
    /// <param name="withData">Whether pictures of the data are in it; scenes that need them are left out otherwise.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InputException">A run or its data cannot be read, or no scene is left.</exception>
    /// <exception cref="SettingsException">A run has a setting that is not possible.</exception>
    public static StoryPage OfRuns(IEnumerable<string> folders, bool withData = true)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var story = new RunStory();
        foreach (var folder in folders)
        {
            using var run = Run.Load(folder);
            story.Add(run);
        }

        var page = Of(story.ToPacks(withData), story.Notes, story.Needs, isOwn: true);
        return page.Scenes.Count > 0 ? page : throw new InputException(
            $"No scene of the story can be made from these runs. {string.Join(' ', page.Notes)}");
    }

    /// <summary>The page of some packs, with the scenes whose packs are all there; packs that none of them uses are left out.</summary>
    /// <param name="packs">The packs, in the order in which the page holds them.</param>
    /// <param name="notes">What is to be said about what is left out.</param>
    /// <param name="needs">What the missing packs are made from, where <see cref="SceneNeed"/> does not say enough.</param>
    /// <param name="isOwn">Whether the models are others than the bundled ones, of which the texts speak.</param>
    internal static StoryPage Of(
        IReadOnlyList<Pack> packs, IReadOnlyList<string> notes, IReadOnlyDictionary<string, string> needs, bool isOwn)
    {
        var modules = StoryModule.All();
        var present = packs.Select(pack => pack.Name).ToHashSet(StringComparer.Ordinal);
        var all = StoryScene.Of(modules);
        StoryScene[] scenes = [.. all.Where(scene => scene.Needed.All(present.Contains))];
        var used = scenes.SelectMany(scene => scene.Needed.Concat(scene.Optional)).ToHashSet(StringComparer.Ordinal);
        used.UnionWith(packs.Where(pack => used.Contains(pack.Name)).SelectMany(pack => pack.CompanionNames).ToList());
        var embedded = packs.Where(pack => used.Contains(pack.Name))
            .Select(pack => (pack.Name, Text: PageTemplate.Data("pack", pack.Name, "text/plain", Base64(pack))))
            .ToList();
        var stills = PageParts.Stills().ToDictionary(
            still => still.Key, still => $"data:image/png;base64,{Convert.ToBase64String(still.Value)}", StringComparer.Ordinal);
        var shown = string.Join(' ', scenes.Select(scene => Text(scene.Number)));
        var parts = new Dictionary<string, string>(stills, StringComparer.Ordinal)
        {
            ["attributes"] = $"lang=\"en\" data-scenes=\"{shown}\"{(isOwn ? " data-own" : "")}",
            ["policy"] = $"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">\n",
            ["style"] = $"<style>\n{PageParts.Style()}\n</style>\n",
            ["alone"] = " This file loads nothing and sends nothing.",
            ["aloneinchinese"] = "本文件不加载也不发送任何内容。",
            ["data"] = PageParts.Code(modules) + string.Concat(embedded.Select(pack => pack.Text)),
            ["nonce"] = "",
            ["bootstrap"] = PageParts.Bootstrap(),
        };
        var html = Encoding.UTF8.GetBytes(PageTemplate.Fill(PageParts.Template(), parts));
        var digits = embedded.Where(pack => IsOfDigits(pack.Name)).Sum(pack => pack.Text.Length);
        var weights = embedded.Sum(pack => pack.Text.Length) - digits;
        var pictures = stills.Values.Sum(still => still.Length);
        return new StoryPage(
            html,
            new StorySizes(html.Length - digits - weights - pictures, weights, digits, pictures),
            [.. scenes.Select(scene => scene.Number)],
            [.. notes, .. all.Except(scenes).Select(scene => LeftOut(scene, present, needs))]);
    }

    private static string LeftOut(StoryScene scene, HashSet<string> present, IReadOnlyDictionary<string, string> needs)
    {
        string[] missing =
        [
            .. scene.Needed.Where(pack => !present.Contains(pack))
                .Select(pack => needs.GetValueOrDefault(pack) ?? SceneNeed.Of(pack))
                .Distinct(StringComparer.Ordinal),
        ];
        var list = missing.Length == 1 ? missing[0] : $"{string.Join("; ", missing[..^1])}; and {missing[^1]}";
        return string.Create(CultureInfo.InvariantCulture, $"Scene {scene.Number} is left out: it needs {list}.");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool IsOfDigits(string pack) => StoryDigits.PackNames.Contains(pack, StringComparer.Ordinal);

    private static string Base64(Pack pack) => Convert.ToBase64String(Gzip.Compress(pack.ToBytes()));
}
