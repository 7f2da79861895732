using System.Text.Json.Nodes;

namespace Elbo.Story.Tests;

/// <summary>What the sentences of the story claim is true of its own models, computed without the code of the page.</summary>
public class ClaimTests
{
    public static TheoryData<string> Ids => [.. IdsOf("en")];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Claim_is_true_of_the_models_of_the_story(string id)
    {
        Assert.True(ClaimComputations.All.TryGetValue(id, out var compute), $"Nothing computes the claim {id}.");
        var comparisons = compute(BundledStory.Models).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', comparisons));
        Assert.NotEmpty(comparisons);
        Assert.All(comparisons, comparison => Assert.True(comparison.Holds, comparison.ToString()));
    }

    [Fact]
    public void Every_computation_is_of_a_sentence_in_both_languages()
    {
        Assert.Equal(ClaimComputations.All.Keys.Order(StringComparer.Ordinal), IdsOf("en"));
        Assert.Equal(IdsOf("en"), IdsOf("zh"));
    }

    // With the models of a scene exchanged its sentences are not true: the computations can fail.
    [Theory]
    [InlineData("scene1", "vae", "ten-ae")]
    [InlineData("scene2", "plane", "plane-ae")]
    [InlineData("scene3", "plane", "plane-16")]
    [InlineData("scene6", "vae", "ten-ae")]
    [InlineData("scene7", "plane", "plane-0.1")]
    [InlineData("scene8", "plane-0.5", "plane-4")]
    [InlineData("scene9", "label-mean-hidden", "label-standard-hidden")]
    public void With_the_models_of_a_scene_exchanged_a_claim_of_it_fails(string scene, string one, string other)
    {
        var models = BundledStory.Models;
        var exchanged = models with
        {
            Models = new Dictionary<string, StoryModel>(models.Models) { [one] = models[other], [other] = models[one] },
        };
        Assert.Contains(
            ClaimComputations.All.Where(claim => claim.Key.StartsWith($"{scene}.", StringComparison.Ordinal)),
            claim => claim.Value(exchanged).Any(comparison => !comparison.Holds));
    }

    private static IEnumerable<string> IdsOf(string language) =>
        ClaimsIn(JsonNode.Parse(WebFiles.Read($"web/texts/{language}.json"))).Distinct().Order(StringComparer.Ordinal);

    // A sentence of the kind "claim" without an id is found under an empty one, which nothing computes.
    private static IEnumerable<string> ClaimsIn(JsonNode? node) => node switch
    {
        JsonObject map => Own(map).Concat(map.SelectMany(entry => ClaimsIn(entry.Value))),
        JsonArray list => list.SelectMany(ClaimsIn),
        _ => [],
    };

    private static IEnumerable<string> Own(JsonObject map)
    {
        if (map["claim"] is JsonValue id)
            yield return id.GetValue<string>();
        else if (map["kind"] is JsonValue kind && kind.GetValue<string>() == "claim")
            yield return "";
    }
}
