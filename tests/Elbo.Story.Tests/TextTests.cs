using System.Text.Json;
using System.Text.Json.Nodes;

namespace Elbo.Story.Tests;

/// <summary>Every sentence of the story is of a kind, and both languages say the same things in the same places.</summary>
public class TextTests
{
    private static readonly string[] Kinds = ["claim", "definition", "instruction", "question"];

    [Fact]
    public void Every_sentence_is_a_claim_a_definition_an_instruction_or_a_question()
    {
        foreach (var (language, root) in Languages())
        {
            var sentences = SentencesOf(root).ToList();
            Assert.NotEmpty(sentences);
            Assert.All(sentences, sentence =>
            {
                var kind = (string?)sentence["kind"];
                Assert.True(Kinds.Contains(kind), $"{language}: '{sentence["text"]}' is of no kind.");
                Assert.True(
                    (kind == "claim") == (sentence["claim"] is not null),
                    $"{language}: '{sentence["text"]}' is a {kind} {(kind == "claim" ? "without" : "with")} a claim.");
            });
            Assert.All(root["scenes"]!.AsArray(), scene =>
            {
                foreach (var part in (string[])["question", "do", "insight"])
                {
                    Assert.True(
                        scene![part] is JsonArray { Count: > 0 } sentencesOfPart && sentencesOfPart.All(each => each is JsonObject),
                        $"{language}: scene {scene["id"]} lacks sentences in '{part}'.");
                }
            });
        }
    }

    [Fact]
    public void Both_languages_have_the_same_structure()
    {
        var languages = Languages().ToList();
        Assert.Equal(["en", "zh"], languages.Select(each => each.Language));
        Assert.Equal(Structure(languages[0].Root, "").ToArray(), Structure(languages[1].Root, "").ToArray());
    }

    [Fact]
    public void A_scene_has_at_most_120_words() => Assert.All(Languages().First().Root["scenes"]!.AsArray(), scene =>
    {
        // Other sentences of a scene, such as those of the regimes of beta, are seen one at a time.
        string[] together = ["question", "prediction", "do", "insight"];
        var words = together.Sum(part => Sentences(scene![part]).Sum(Words))
            + scene!.AsObject().Where(entry => !together.Contains(entry.Key))
                .SelectMany(entry => Sentences(entry.Value)).Select(Words).DefaultIfEmpty(0).Max();
        Assert.True(words <= 120, $"Scene {scene!["id"]} has {words} words.");
    });

    private static int Words(JsonObject sentence) =>
        ((string)sentence["text"]!).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    private static IEnumerable<(string Language, JsonNode Root)> Languages() => WebFiles.Names("web/texts/")
        .Select(name => (Path.GetFileNameWithoutExtension(name), JsonNode.Parse(WebFiles.Read(name))!));

    // The labels of the shell are no sentences.
    private static IEnumerable<JsonObject> SentencesOf(JsonNode root) =>
        root.AsObject().Where(entry => entry.Key != "shell").SelectMany(entry => Sentences(entry.Value));

    private static IEnumerable<JsonObject> Sentences(JsonNode? node) => node switch
    {
        JsonObject each when each.ContainsKey("text") => [each],
        JsonObject each => each.SelectMany(entry => Sentences(entry.Value)),
        JsonArray all => all.SelectMany(Sentences),
        _ => [],
    };

    // Paths with the kinds, claims and numbers that must not differ; texts may.
    private static IEnumerable<string> Structure(JsonNode? node, string path) => node switch
    {
        JsonObject each => each.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .SelectMany(entry => Structure(entry.Value, $"{path}/{entry.Key}")),
        JsonArray all => all.SelectMany((item, index) => Structure(item, $"{path}/{index}")),
        JsonValue value when IsFixed(value, path) => [$"{path} = {value}"],
        _ => [path],
    };

    private static bool IsFixed(JsonValue value, string path) => value.GetValueKind() == JsonValueKind.Number
        || (!path.Contains("/labels/", StringComparison.Ordinal)
            && (path.EndsWith("/kind", StringComparison.Ordinal) || path.EndsWith("/claim", StringComparison.Ordinal)));
}
