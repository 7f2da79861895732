using System.Text.Json.Nodes;

namespace Elbo.Story.Tests;

/// <summary>The bundled models with two latent dimensions are a family by the same rule as any other.</summary>
public class BetaPackTests
{
    private static readonly Lazy<Pack> Betas = new(() => BundledStory.Pack(BetaPack.Name));

    // The claims on each (Scene8Claims) are of these models.
    [Fact]
    public void The_rule_says_of_the_bundled_models_what_their_claims_are_about() => Assert.Equal(
        [
            "0 plane-ae far", "0.1 plane-0.1 holes", "0.5 plane-0.5 smaller", "1 plane balance", "4 plane-4 costly", "16 plane-16 dead",
        ],
        Members().Select(member => $"{member["beta"]} {member["model"]} {member["regime"]}"));

    [Fact]
    public void Every_regime_has_a_name_and_a_sentence_with_its_values()
    {
        var scene = JsonNode.Parse(WebFiles.Read("web/texts/en.json"))!["scenes"]!.AsArray().Single(each => (int)each!["id"]! == 8)!;
        foreach (var member in Members())
        {
            var regime = (string)member["regime"]!;
            Assert.True(regime == BetaRegime.Far || scene["labels"]![$"name-{regime}"] is not null, regime);
            var text = (string)scene["sentences"]![$"regime-{regime}"]!["text"]!;
            Assert.All(
                System.Text.RegularExpressions.Regex.Matches(text, @"\{(\w+)"),
                value => Assert.NotNull(member["values"]![value.Groups[1].Value]));
        }
    }

    [Fact]
    public void Whoever_needs_the_pack_needs_the_codes_and_networks_of_its_models()
    {
        var names = Betas.Value.CompanionNames;
        Assert.Equal(12, names.Distinct().Count());
        Assert.All(names, name => Assert.Contains(BundledStory.Packs, pack => pack.Name == name));
        var alone = StoryPage.Of(
            [.. BundledStory.Packs.Where(pack => pack.Name is "digits" or "terms" or BetaPack.Name || names.Contains(pack.Name))],
            [],
            new Dictionary<string, string>(),
            isOwn: false);
        Assert.Contains(8, alone.Scenes);
        var html = System.Text.Encoding.UTF8.GetString(alone.Html.Span);
        Assert.All(names, name => Assert.Contains($"data-pack=\"{name}\"", html, StringComparison.Ordinal));
    }

    private static IEnumerable<JsonNode> Members() => JsonNode.Parse(Betas.Value.Metadata["members"])!.AsArray().Select(each => each!);
}
