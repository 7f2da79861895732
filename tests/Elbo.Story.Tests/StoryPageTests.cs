using System.Text;
using System.Text.RegularExpressions;

namespace Elbo.Story.Tests;

public partial class StoryPageTests
{
    private static readonly Lazy<StoryPage> Page = new(() => StoryPage.Bundled());
    private static readonly Lazy<string> Html = new(() => Encoding.UTF8.GetString(Page.Value.Html.Span));

    [Fact]
    public void The_same_parts_give_the_same_bytes() =>
        Assert.True(Page.Value.Html.Span.SequenceEqual(StoryPage.Bundled().Html.Span));

    [Fact]
    public void Every_part_is_within_its_budget()
    {
        TestContext.Current.TestOutputHelper?.WriteLine(Page.Value.SizeText);
        Assert.True(Page.Value.Sizes.IsWithinBudget, Page.Value.SizeText);
        Assert.Equal(Page.Value.Html.Length, Page.Value.Sizes.Total);
        Assert.True(Page.Value.Sizes.Stills > 10_000);
    }

    // What every pack would weigh, should each be asked for by a scene.
    [Fact]
    public void All_packs_together_are_within_the_budget()
    {
        var bytes = BundledStory.Packs.ToDictionary(pack => pack.Name, pack => (Gzip.Compress(pack.ToBytes()).Length + 2) / 3 * 4);
        var digits = StoryDigits.PackNames.Sum(name => bytes[name]);
        Assert.InRange(digits, 100_000, StorySizes.Budget.Digits);
        Assert.InRange(bytes.Values.Sum() - digits, 1_000_000, StorySizes.Budget.Weights);
    }

    [Fact]
    public void Nothing_is_loaded_from_elsewhere()
    {
        var addresses = Address().Matches(Html.Value).Select(match => match.Groups["address"].Value).ToList();
        Assert.True(addresses.Count >= 2);
        Assert.All(addresses, address => Assert.StartsWith("data:", address));
        Assert.DoesNotContain("<link", Html.Value, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", Html.Value, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            "default-src 'none'; script-src 'unsafe-inline' blob:; style-src 'unsafe-inline'; img-src data: blob:; worker-src blob:",
            Html.Value.Replace('\n', ' '));
    }

    [Fact]
    public void Without_scripts_both_languages_say_why_and_whose_digits_these_are()
    {
        var start = Html.Value.IndexOf("<noscript>", StringComparison.Ordinal);
        var without = Html.Value[start..Html.Value.IndexOf("</noscript>", start, StringComparison.Ordinal)];
        Assert.Contains("<p lang=\"en\">This story moves only with JavaScript", without);
        Assert.Contains("<p lang=\"zh\">这个故事需要 JavaScript", without);
        Assert.Equal(2, Regex.Count(without, "MNIST"));
        Assert.Equal(2, Regex.Count(without, "Yann LeCun"));
        Assert.Equal(2, Regex.Count(without, "CC BY-SA 3.0"));
        Assert.Equal(2, Regex.Count(without, "<img src=\"data:image/png;base64,"));
    }

    // The system's own gzip reads it, and what it reads is the pack.
    [Fact]
    public void A_pack_is_in_the_page_compressed()
    {
        var pack = BundledStory.Pack("model-plane").ToBytes();
        var zipped = Gzip.Compress(pack);
        using var stream = new System.IO.Compression.GZipStream(new MemoryStream(zipped), System.IO.Compression.CompressionMode.Decompress);
        using var unzipped = new MemoryStream();
        stream.CopyTo(unzipped);
        Assert.Equal(pack, unzipped.ToArray());
        Assert.True(zipped.Length < pack.Length);
    }

    [Fact]
    public void Imports_become_paths_and_are_resolved()
    {
        var module = StoryModule.Of(
            "scenes/scene1.js",
            """
            import { a } from './atlas.js';
            import {
                b,
            } from "../engine/random.js";
            export { c } from '../parts/dom.js';
            const text = './atlas.js';
            """);

        Assert.Equal(["scenes/atlas.js", "engine/random.js", "parts/dom.js"], module.Imports);
        Assert.Contains("from 'module:engine/random.js';", module.Source);
        Assert.Contains("const text = './atlas.js';", module.Source);
    }

    [Fact]
    public void A_scene_says_which_packs_it_needs()
    {
        const string Source = "export default { id: 4, packs: ['digits',\n 'grid'], later: ['y'], optional: ['x'] };";
        var module = new StoryModule("scenes/scene4.js", Source, []);
        var scene = Assert.Single(StoryScene.Of([module]));
        Assert.Equal(4, scene.Number);
        Assert.Equal(["digits", "grid"], scene.Packs);
        Assert.Equal(["y"], scene.Later);
        Assert.Equal(["digits", "grid", "y"], scene.Needed);
        Assert.Equal(["x"], scene.Optional);
        Assert.Throws<InvalidOperationException>(() => StoryScene.Of([module with { Source = "export default { packs: names };" }]));
    }

    [Fact]
    public void Text_that_would_end_its_element_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => PageTemplate.Data("module", "a.js", "text/plain", "const end = '</SCRIPT>';"));

    [GeneratedRegex("""<[a-z]+ [^>]*\b(?:src|srcset|data|poster)\s*=\s*["'](?<address>[^"']*)""", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
